package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TestGateway;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.ResponseHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start("");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/chat, text/html; charset=utf-8",
    "/index.html, text/html; charset=utf-8",
    "/css/page.css, text/css; charset=utf-8",
    "/js/main.js, text/javascript; charset=utf-8",
    "/icons/icon.svg, image/svg+xml"
  })
  void filesHaveTheirTypesAndAreAskedAboutEachTime(String path, String type) throws IOException {
    var file = Asking.get(gateway.port(), path);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.head().header("content-type")).isEqualTo(type);
    assertThat(file.head().header("cache-control")).isEqualTo("no-cache");
    assertThat(file.head().header("vary")).isEqualToIgnoringCase("accept-encoding");
    assertThat(file.head().header("content-encoding")).isNull();
    assertThat(file.body()).isNotBlank();
    String etag = file.head().header("etag");
    assertThat(etag).matches("(W/)?\"[^\"]+\"");
    for (String known : new String[] {etag, "W/" + etag, "\"other\", " + etag, "*"}) {
      assertUnchanged(path, known);
    }
    assertThat(Asking.get(gateway.port(), path, "if-none-match: \"other\"").status())
        .isEqualTo(200);
  }

  private static void assertUnchanged(String path, String known) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      var head = client.get(path, "if-none-match: " + known).readHead();
      assertThat(head.status()).as("if-none-match: " + known).isEqualTo(304);
      assertThat(head.header("etag")).isNotNull();
      assertThat(Asking.answer(client.get(path)).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "'deflate, gzip, br', true",
    "GZIP, true",
    "gzip;q=0.5, true",
    "gzip;q=0, false",
    "'gzip; q=0', false",
    "gzip;q=0.0, false",
    "x-gzipped, false",
    "identity, false"
  })
  void aFileIsCompressedOnlyForWhoTakesIt(String accepted, boolean compressed) throws IOException {
    String plain = Asking.get(gateway.port(), "/js/main.js").body();
    try (var client = RawClient.connect(gateway.port())) {
      var head = client.get("/js/main.js", "accept-encoding: " + accepted).readHead();
      byte[] body = client.readBody().bytes();
      if (compressed) {
        assertThat(head.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
            .asString()
            .isEqualTo(plain);
      } else {
        assertThat(head.header("content-encoding")).isNull();
        assertThat(body).asString().isEqualTo(plain);
      }
    }
  }

  @Test
  void aHeadTellsWhatAGetWouldAndNoMore() throws IOException {
    int length = Asking.get(gateway.port(), "/").body().length();
    try (var client = RawClient.connect(gateway.port())) {
      client.send("HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n");
      var head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(Integer.parseInt(head.header("content-length"))).isGreaterThanOrEqualTo(length);
      assertThat(Asking.answer(client.get("/api/health")).status()).isEqualTo(200);
    }
  }

  @Test
  void thePageMayLoadItsOwnFilesAndNothingElse() throws IOException {
    var page = Asking.get(gateway.port(), "/").head();
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .contains("base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(page.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(page.header("permissions-policy")).contains("camera=()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../pom.xml",
        "/js/../../dev/sluice/Main.class",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e%2fversion.txt",
        "/%252e%252e/version.txt",
        "/..;/version.txt",
        "/js/..;/..;/version.txt",
        "/..\\version.txt",
        "/..%5cversion.txt",
        "/js/%00main.js",
        "/js/main.js%00.html",
        "/....//version.txt",
        "/%c0%ae%c0%ae/version.txt",
        "/.git/config",
        "/.htaccess",
        "/js/.main.js",
        "/js",
        "/js/",
        "/webroot/index.html",
        "/logback.xml",
        "/dev/sluice/Main.class",
        "//etc/passwd",
        "/INDEX.HTML"
      })
  void nothingButThePageIsThere(String path) throws IOException {
    try (var client = RawClient.connect(gateway.port())) {
      client.send("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
      var answer = Asking.answer(client);
      assertThat(answer.status()).isIn(400, 404);
      assertThat(answer.head().header("content-type")).startsWith("application/json");
      assertSecured(answer.head());
    }
  }

  @Test
  void librariesAreKeptForGoodAndTheWorkerNamesAllTheRest() throws IOException {
    var library = Asking.get(gateway.port(), "/vendor/marked-17.0.5/marked.esm.js");
    assertThat(library.head().header("cache-control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(Asking.get(gateway.port(), "/vendor/marked-17.0.5/none.js").status()).isEqualTo(404);
    var worker = Asking.get(gateway.port(), "/sw.js");
    assertThat(worker.head().header("cache-control")).isEqualTo("no-cache");
    assertThat(worker.body())
        .contains("'./js/main.js'", "'./css/page.css'", "'./js/words/ar.js'")
        .doesNotContain("{{", "'./vendor", "'./sw.js'", "'./index.html'");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws IOException {
    for (String path :
        new String[] {"/", "/js/main.js", "/api/models", "/api/health", "/api/rate-limit", "/x"}) {
      assertSecured(Asking.get(gateway.port(), path).head());
    }
    assertSecured(Asking.get(gateway.port(), Asking.STREAM).head());
    assertSecured(Asking.post(gateway.port(), Asking.STREAM, "{").head());
    assertSecured(Asking.post(gateway.port(), Asking.STREAM, Asking.count(1, 1000)).head());
    assertSecured(Asking.post(gateway.port(), Asking.WHOLE, Asking.count(1, 1000)).head());
    assertSecured(Asking.post(gateway.port(), Asking.WHOLE, Asking.question("demo-refuse")).head());
  }

  private static void assertSecured(ResponseHead head) {
    assertThat(head.header("content-security-policy")).contains("default-src 'none'");
    assertThat(head.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(head.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(head.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(head.header("x-request-id")).isNotBlank();
    assertThat(head.header("server")).isNull();
    assertThat(head.header("access-control-allow-origin")).isNull();
  }
}
