package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigReader;
import dev.sluice.http.PageFiles;
import dev.sluice.upstream.FreePort;
import dev.sluice.upstream.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a page that a browser keeps when the gateway comes back with another. */
class WorkerTest {
  private static final Path PAGE = Path.of("target/classes/webroot");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String WORKERS = "navigator.serviceWorker.getRegistrations()";
  private static final String KEPT = "caches.keys()";

  @TempDir private Path another;

  @Test
  void aNewVersionIsToldAndTakenOnAClickAndNothingThatWasWrittenIsLost() throws Exception {
    int port = FreePort.find();
    TestGateway before = TestGateway.start(config(port), PageFiles.load(true));
    try (Visit visit = visit(port)) {
      visit.awaitWorker();
      visit.ask("remember me");
      visit.end();
      visit.find("#message").fill("half a thought");
      visit.find("html[data-kept]").waitFor();
      before.close();
      try (var after = TestGateway.start(config(port), anotherPage())) {
        assertThat(after.port()).isEqualTo(port);
        visit.page().reload();
        Visit.complete(visit.page());
        assertThat(visit.find("#message")).hasAttribute("placeholder", "Message");
        assertThat(visit.find("#notice")).containsText("There is a new version.");
        visit.find("#notice button").click();
        assertThat(visit.find("#message")).hasAttribute("placeholder", "Another message");
        Visit.complete(visit.page());
        assertThat(visit.find("#message")).hasValue("half a thought");
        assertThat(visit.find(".bubble")).hasText("remember me");
        Waiting.until("only the new one is kept", PATIENCE, () -> visit.count(KEPT) == 1);
      }
    }
  }

  @Test
  void aPageThatIsNotToBeKeptIsForgottenByWhoComesBack() throws Exception {
    int port = FreePort.find();
    TestGateway before = TestGateway.start(config(port), PageFiles.load(true));
    try (Visit visit = visit(port)) {
      visit.awaitWorker();
      before.close();
      String settings = Served.QUICK + "http: {port: %d, offline: false}\n".formatted(port);
      try (var after = TestGateway.start(settings)) {
        assertThat(after.port()).isEqualTo(port);
        visit.open(visit.page(), "/");
        Waiting.until("no worker is left", PATIENCE, () -> visit.count(WORKERS) == 0);
        Waiting.until("nothing that it kept is left", PATIENCE, () -> visit.count(KEPT) == 0);
        visit.open(visit.page(), "/");
        visit.ask("hello");
        assertThat(visit.end()).isEqualTo("done");
      }
    }
  }

  /** While there is no gateway the page looks for one, which the console complains about. */
  private static Visit visit(int port) {
    return Visit.to(port).allow("Failed to load resource").allow("when fetching the script");
  }

  private static Config config(int port) throws Exception {
    String settings = "local_servers: {discover: false}\nhttp: {port: %d}\n".formatted(port);
    return ConfigReader.read("test.yaml", Served.QUICK + settings, Map.of());
  }

  private PageFiles anotherPage() throws IOException {
    try (Stream<Path> paths = Files.walk(PAGE)) {
      for (Path path : paths.sorted().toList()) {
        Path copy = another.resolve(PAGE.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
    Path words = another.resolve("js/words/en.js");
    String english = Files.readString(words);
    String changed = english.replace("message: 'Message'", "message: 'Another message'");
    assertThat(changed).isNotEqualTo(english);
    Files.writeString(words, changed);
    return PageFiles.read(another, true);
  }
}
