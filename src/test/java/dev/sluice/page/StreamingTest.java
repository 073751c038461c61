package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start("demo: {first_token: 0s, tokens_per_second: 200, jitter: 0}");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void anAnswerGrowsAndEndsWithItsSmallPrint() {
    try (Visit visit = Visit.to(gateway.port())) {
      visit.ask("hello");
      assertThat(visit.end()).isEqualTo("done");
      assertThat(visit.find(".bubble")).hasText("hello");
      assertThat(visit.find(".meta")).containsText("tokens");
      assertThat(visit.find("#message")).isFocused();
      assertThat(visit.find("#message")).hasValue("");
    }
  }
}
