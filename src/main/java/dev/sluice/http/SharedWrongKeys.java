package dev.sluice.http;

import dev.sluice.http.identity.WrongKeys;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;

/** The wrong keys that all event loops of a gateway count together. */
record SharedWrongKeys(WrongKeys counted) implements Shareable {
  private static final String NAME = SharedWrongKeys.class.getName();

  static WrongKeys of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, SharedWrongKeys>getLocalMap(NAME)
        .computeIfAbsent(NAME, name -> new SharedWrongKeys(new WrongKeys(System::nanoTime)))
        .counted();
  }
}
