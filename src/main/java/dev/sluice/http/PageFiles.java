package dev.sluice.http;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chat page's files, read once and kept in memory: a request can name what is here and nothing
 * else, so there is no path to traverse.
 */
public final class PageFiles {
  private static final String ROOT = "webroot";

  /** What is served, by file extension; whatever else lies in the folder is not. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
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
   * @throws IOException if they cannot be read
   */
  public static PageFiles load() throws IOException {
    URL root =
        Objects.requireNonNull(PageFiles.class.getClassLoader().getResource(ROOT), "the page");
    try {
      URI uri = root.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return read(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/" + ROOT));
      }
    } catch (URISyntaxException e) {
      throw new IOException("The class path has a place that is no URI", e);
    }
  }

  private static PageFiles read(Path root) throws IOException {
    PageFiles page = new PageFiles();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = "/" + root.relativize(path).toString().replace('\\', '/');
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (type != null) {
          boolean compressible = !NOT_COMPRESSIBLE.contains(extension);
          page.files.put(name, PageFile.of(type, compressible, Files.readAllBytes(path)));
        }
      }
    }
    return page;
  }

  /** The file at a request's path; null if there is none. */
  @Nullable PageFile at(String path) {
    return switch (path) {
      case "/", "/chat" -> files.get("/index.html");
      default -> files.get(path);
    };
  }
}
