package dev.sluice.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chat page's files, read once and kept in memory: a request can name what is here and nothing
 * else, so there is no path to traverse.
 */
public final class PageFiles {
  private static final String ROOT = "webroot";
  static final String WORKER = "/sw.js";

  /** Stands at the worker's address where no browser is to keep the page. */
  private static final String LAST_WORKER = "/sw-last.js";

  /** Beneath it every path says its version, so that what is there never changes. */
  static final String VENDOR = "/vendor/";

  /** What is served, by file extension; whatever else lies in the folder is not. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "png", "image/png",
          "ico", "image/x-icon");

  private static final List<String> NOT_COMPRESSIBLE = List.of("png", "ico");

  private final Map<String, PageFile> files = new HashMap<>();

  private PageFiles() {}

  /**
   * The files from the class path. Blocks; for the start of the process.
   *
   * @param offline whether browsers keep the page; if not, they are told to forget it
   * @throws IOException if they cannot be read
   */
  public static PageFiles load(boolean offline) throws IOException {
    URL root =
        Objects.requireNonNull(PageFiles.class.getClassLoader().getResource(ROOT), "the page");
    try {
      URI uri = root.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return read(Path.of(uri), offline);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/" + ROOT), offline);
      }
    } catch (URISyntaxException e) {
      throw new IOException("The class path has a place that is no URI", e);
    }
  }

  /**
   * The files of a folder.
   *
   * @throws IOException if they cannot be read
   */
  public static PageFiles read(Path root, boolean offline) throws IOException {
    PageFiles page = new PageFiles();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = "/" + root.relativize(path).toString().replace('\\', '/');
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (type != null) {
          boolean compressible = !NOT_COMPRESSIBLE.contains(extension);
          page.files.put(name, PageFile.of(type, compressible, content(path, name)));
        }
      }
    }
    PageFile last = page.files.remove(LAST_WORKER);
    if (offline) {
      page.completeWorker();
    } else if (last != null) {
      page.files.put(WORKER, last);
    }
    return page;
  }

  private static byte[] content(Path path, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return name.startsWith("/js/")
        ? PageSource.lean(new String(bytes, UTF_8)).getBytes(UTF_8)
        : bytes;
  }

  /**
   * Writes into the service worker which files it keeps, and a version that is another as soon as
   * one of them is. Libraries are kept when they are first fetched.
   */
  private void completeWorker() {
    PageFile worker = files.get(WORKER);
    if (worker == null) {
      return;
    }
    List<String> kept =
        files.keySet().stream()
            .filter(name -> !name.startsWith(VENDOR) && !name.equals(WORKER))
            .filter(name -> !name.equals("/index.html") && !name.endsWith(".png"))
            .sorted()
            .toList();
    String tags =
        files.values().stream().map(PageFile::etag).sorted().collect(Collectors.joining());
    String version = PageFile.of("", false, tags.getBytes(UTF_8)).etag().replace("\"", "");
    String names = kept.stream().map(name -> "'." + name + "'").collect(Collectors.joining(", "));
    String text =
        new String(worker.bytes(), UTF_8)
            .replace("{{version}}", version)
            .replace("{{files}}", names);
    files.put(WORKER, PageFile.of(worker.contentType(), true, text.getBytes(UTF_8)));
  }

  /** The file at a request's path; null if there is none. */
  @Nullable PageFile at(String path) {
    return switch (path) {
      case "/", "/chat" -> files.get("/index.html");
      default -> files.get(path);
    };
  }
}
