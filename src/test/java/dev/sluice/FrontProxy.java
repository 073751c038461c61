package dev.sluice;

import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.FreePort;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real proxy that ends TLS before two gateways, with the settings of docs/operations.md and no
 * others.
 */
final class FrontProxy implements AutoCloseable {
  private final Process process;
  private final int port;

  private FrontProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The kinds of proxies, each with its program and its settings. */
  enum Kind {
    NGINX("nginx"),
    HAPROXY("haproxy"),
    CADDY("caddy");

    private final String program;

    Kind(String program) {
      this.program = program;
    }

    /** Starts one, or skips the test where there is none to start. */
    FrontProxy start(Path folder, List<Integer> gateways) throws IOException {
      Optional<Path> installed = installed();
      Assumptions.assumeTrue(installed.isPresent(), "SKIPPED: " + program + " is not installed");
      int port = FreePort.find();
      Path settings = folder.resolve(program + ".conf");
      Files.writeString(settings, settings(folder, port, gateways.get(0), gateways.get(1)));
      ProcessBuilder builder =
          new ProcessBuilder(command(installed.get().toString(), folder, settings));
      builder.environment().put("HOME", folder.toString());
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(program + ".log").toFile())
              .start();
      Waiting.until(
          program + " listens", FakeUpstream.PATIENCE, () -> listens(port) || !process.isAlive());
      if (!process.isAlive()) {
        throw new AssertionError(Files.readString(folder.resolve(program + ".log")));
      }
      return new FrontProxy(process, port);
    }

    /** Servers often lie where only their administrator looks. */
    private Optional<Path> installed() {
      return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
          .map(folder -> Path.of(folder, program))
          .filter(Files::isExecutable)
          .findFirst();
    }

    private static boolean listens(int port) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    private List<String> command(String file, Path folder, Path settings) {
      return switch (this) {
        case NGINX ->
            List.of(file, "-p", folder.toString(), "-c", settings.toString(), "-e", "stderr");
        case HAPROXY -> List.of(file, "-db", "-f", settings.toString());
        case CADDY ->
            List.of(file, "run", "--config", settings.toString(), "--adapter", "caddyfile");
      };
    }

    private String settings(Path folder, int port, int one, int two) throws IOException {
      var shown = TestCertificates.localhost();
      Path both = folder.resolve("both.pem");
      Files.writeString(
          both, Files.readString(shown.certificateFile()) + Files.readString(shown.keyFile()));
      String text =
          switch (this) {
            case NGINX ->
                """
                daemon off;
                pid FOLDER/nginx.pid;
                worker_processes 1;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path FOLDER/body;
                  proxy_temp_path FOLDER/proxy;
                  fastcgi_temp_path FOLDER/fastcgi;
                  uwsgi_temp_path FOLDER/uwsgi;
                  scgi_temp_path FOLDER/scgi;
                  upstream sluice {
                    server 127.0.0.1:ONE;
                    server 127.0.0.1:TWO;
                    keepalive 32;
                  }
                  server {
                    listen 127.0.0.1:PORT ssl http2;
                    ssl_certificate CERTIFICATE;
                    ssl_certificate_key KEY;
                LINES
                  }
                }
                """;
            case HAPROXY ->
                """
                defaults
                  mode http
                  timeout connect 3s
                  timeout client 90s
                LINES-DEFAULTS
                frontend https
                  bind 127.0.0.1:PORT ssl crt BOTH alpn h2,http/1.1
                  default_backend sluice
                backend sluice
                LINES
                  server one 127.0.0.1:ONE check inter 500ms
                  server two 127.0.0.1:TWO check inter 500ms
                """;
            case CADDY ->
                """
                {
                  admin off
                  auto_https off
                }
                https://:PORT {
                  bind 127.0.0.1
                  tls CERTIFICATE KEY
                LINES
                }
                """;
          };
      return text.replace("LINES-DEFAULTS", documented("haproxy-defaults"))
          .replace("LINES", documented(program))
          // The callers of the test come through another proxy, which tells them apart.
          .replace("  lb_retries", "  trusted_proxies private_ranges\n  lb_retries")
          .replace("10.0.0.1:8080", "127.0.0.1:" + one)
          .replace("10.0.0.2:8080", "127.0.0.1:" + two)
          .replace("FOLDER", folder.toString())
          .replace("PORT", Integer.toString(port))
          .replace("ONE", Integer.toString(one))
          .replace("TWO", Integer.toString(two))
          .replace("CERTIFICATE", shown.certificateFile().toString())
          .replace("KEY", shown.keyFile().toString())
          .replace("BOTH", both.toString());
    }

    /** The lines that the document shows for a proxy. */
    private static String documented(String name) throws IOException {
      String document = Files.readString(Path.of("docs/operations.md"));
      String fence = "```" + name + "\n";
      int begin = document.indexOf(fence);
      if (begin < 0) {
        throw new AssertionError("docs/operations.md shows nothing for " + name);
      }
      int from = begin + fence.length();
      return document.substring(from, document.indexOf("```", from));
    }
  }
}
