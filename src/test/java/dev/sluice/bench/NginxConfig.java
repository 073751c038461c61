package dev.sluice.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * nginx as a yardstick: one process that buffers nothing and keeps its connections to the upstream.
 */
final class NginxConfig {
  private NginxConfig() {}

  /** Whether there is an nginx to start. */
  static boolean isInstalled() {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Arrays.stream(folders).anyMatch(folder -> Files.isExecutable(Path.of(folder, "nginx")));
  }

  /** The command line, with a configuration of its own in a folder of its own. */
  static List<String> command(int port, int upstream) throws IOException {
    Path folder = Files.createTempDirectory("nginx");
    Path config = Files.writeString(folder.resolve("nginx.conf"), text(folder, port, upstream));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder.toFile())));
    return List.of("nginx", "-p", folder.toString(), "-c", config.toString(), "-e", "stderr");
  }

  /** With the folders that nginx has made in it. */
  private static void delete(File file) {
    File[] within = file.listFiles();
    if (within != null) {
      Arrays.stream(within).forEach(NginxConfig::delete);
    }
    boolean gone = file.delete();
    if (!gone) {
      System.err.println("left behind: " + file);
    }
  }

  private static String text(Path folder, int port, int upstream) {
    return """
        daemon off;
        master_process off;
        pid FOLDER/nginx.pid;
        error_log stderr error;
        worker_rlimit_nofile 20000;
        events { worker_connections 16000; }
        http {
          access_log off;
          client_body_temp_path FOLDER/body;
          proxy_temp_path FOLDER/proxy;
          fastcgi_temp_path FOLDER/fastcgi;
          uwsgi_temp_path FOLDER/uwsgi;
          scgi_temp_path FOLDER/scgi;
          keepalive_requests 1000000;
          upstream mock {
            server 127.0.0.1:UPSTREAM;
            keepalive 1000;
            keepalive_requests 1000000;
          }
          server {
            listen 127.0.0.1:PORT backlog=4096;
            location / {
              proxy_pass http://mock;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 600s;
            }
          }
        }
        """
        .replace("FOLDER", folder.toString())
        .replace("UPSTREAM", Integer.toString(upstream))
        .replace("PORT", Integer.toString(port));
  }
}
