package dev.sluice.page;

import dev.sluice.TestGateway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway for all tests of a class, whose demo model does not dawdle. */
final class Served implements BeforeAllCallback, AfterAllCallback {
  static final String QUICK = "demo: {first_token: 0s, tokens_per_second: 2000, jitter: 0}\n";

  private final String settings;
  private TestGateway gateway;

  Served() {
    this("");
  }

  Served(String settings) {
    this.settings = settings.contains("demo:") ? settings : QUICK + settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    gateway = TestGateway.start(settings);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    gateway.close();
  }

  int port() {
    return gateway.port();
  }
}
