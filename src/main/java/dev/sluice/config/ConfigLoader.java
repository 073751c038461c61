package dev.sluice.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the settings file and reads it. */
public final class ConfigLoader {
  /** Where the file is looked for if nobody says where it is. */
  public static final Path USUAL = Path.of("conf", "sluice.yaml");

  private static final String TEXT = "text";

  private ConfigLoader() {}

  /**
   * Loads all settings. Fails with a {@link ConfigException} that names every problem.
   *
   * @param file the settings file, which then has to exist; null means {@link #USUAL}, if it exists
   */
  public static Future<Config> load(
      Vertx vertx, @Nullable Path file, Map<String, String> environment) {
    Path path = file == null ? USUAL : file;
    return vertx
        .fileSystem()
        .exists(absolute(path))
        .compose(
            there ->
                there || file != null
                    ? read(vertx, path, environment)
                    : vertx.executeBlocking(() -> ConfigReader.read(environment)));
  }

  private static Future<Config> read(Vertx vertx, Path path, Map<String, String> environment) {
    // A worker reads it, since the files that it names are looked at.
    return text(vertx, path)
        .compose(
            text ->
                vertx.executeBlocking(() -> ConfigReader.read(path.toString(), text, environment)));
  }

  /**
   * The file as it is. The YAML format of vertx-config would let the last of two equal keys win and
   * fail upon a file of comments only.
   */
  private static Future<String> text(Vertx vertx, Path path) {
    ConfigStoreOptions file =
        new ConfigStoreOptions()
            .setType("file")
            .setFormat("raw")
            .setOptional(false)
            .setConfig(new JsonObject().put("path", absolute(path)).put("raw.key", TEXT));
    ConfigRetriever retriever =
        ConfigRetriever.create(
            vertx,
            new ConfigRetrieverOptions()
                .setIncludeDefaultStores(false)
                .setScanPeriod(-1)
                .addStore(file));
    return retriever
        .getConfig()
        .map(read -> read.getString(TEXT))
        .recover(cause -> Future.failedFuture(unreadable(path)))
        .onComplete(result -> retriever.close());
  }

  private static ConfigException unreadable(Path path) {
    return new ConfigException(
        path.toString(), List.of(new Problem("", 0, "does not exist or cannot be read")));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
