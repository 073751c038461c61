package dev.sluice.provider;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.RecordedRequest;

/** What tests do with an upstream that a gateway also asks for its list of models. */
final class Upstreams {
  private Upstreams() {}

  /** Waits until the models were asked for by this many providers; no script is lost to that. */
  static void awaitListed(FakeUpstream upstream, int providers) {
    for (int i = 0; i < providers; i++) {
      upstream.takeRequest();
    }
  }

  /** Forgets what was asked so far. */
  static void forgetRequests(FakeUpstream upstream) {
    while (upstream.waitingRequests() > 0) {
      upstream.takeRequest();
    }
  }

  /** The oldest chat that was not taken yet. */
  static RecordedRequest takeChat(FakeUpstream upstream) {
    RecordedRequest request = upstream.takeRequest();
    while (!request.method().equals("POST")) {
      request = upstream.takeRequest();
    }
    return request;
  }
}
