package dev.sluice.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The one Chromium that all tests of a process share; each visit has a profile of its own. */
final class Browser {
  private static com.microsoft.playwright.Browser chromium;

  private Browser() {}

  /** Opens a new profile, or skips the test where there is no browser. */
  static BrowserContext newContext(com.microsoft.playwright.Browser.NewContextOptions options) {
    Optional<Path> program = onPath("chromium").or(() -> onPath("chromium-browser"));
    Assumptions.assumeTrue(program.isPresent(), "SKIPPED: chromium is not installed");
    Path node = node();
    synchronized (Browser.class) {
      if (chromium == null) {
        chromium = launch(program.get(), node);
      }
    }
    return chromium.newContext(options);
  }

  /** Node.js, which drives the browser and checks types; skips the test where there is none. */
  static Path node() {
    Optional<Path> node = onPath("node");
    Assumptions.assumeTrue(node.isPresent(), "SKIPPED: node is not installed");
    return node.get();
  }

  private static com.microsoft.playwright.Browser launch(Path program, Path node) {
    System.setProperty("playwright.nodejs.path", node.toString());
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString())));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(program)
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync")));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
