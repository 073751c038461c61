package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void theUsualFileIsFoundAndLeavesTheEnvironmentItsSay(Vertx vertx) {
    assertThat(load(vertx, null, Map.of("PORT", "9000")).http().port()).isEqualTo(9000);
  }

  @Test
  void aFileThatIsNamedIsRead(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("my.yaml"), "http: {port: '${P:-7}'}");
    assertThat(load(vertx, file, Map.of()).http().port()).isEqualTo(7);
  }

  @Test
  void aFileThatIsNamedMustExist(Vertx vertx) {
    Path file = directory.resolve("none.yaml");
    assertThat(refusal(vertx, file))
        .hasMessage(
            file
                + " cannot be used:"
                + System.lineSeparator()
                + "  the file: does not exist or cannot be read");
    assertThat(refusal(vertx, directory)).hasMessageContaining("cannot be read");
  }

  @Test
  void anEmptyFileIsRefused(Vertx vertx) throws Exception {
    Path file = Files.createFile(directory.resolve("empty.yaml"));
    assertThat(refusal(vertx, file)).hasMessageEndingWith("the file: is empty");
  }

  @Test
  void aFileOfCommentsOnlyChangesNothing(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("comments.yaml"), "# nothing\n");
    assertThat(load(vertx, file, Map.of())).isEqualTo(Config.defaults());
  }

  @Test
  void aFaultyFileIsRefusedByItsName(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "http: {port: 1, port: 2}\n");
    assertThat(refusal(vertx, file))
        .hasMessageStartingWith(file + " cannot be used:")
        .hasMessageEndingWith("  http.port (line 1): stands twice, first in line 1");
  }

  private static Config load(Vertx vertx, @Nullable Path file, Map<String, String> environment) {
    return ConfigLoader.load(vertx, file, environment)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static Throwable refusal(Vertx vertx, Path file) {
    Throwable cause =
        catchThrowableOfType(CompletionException.class, () -> load(vertx, file, Map.of()))
            .getCause();
    assertThat(cause).isInstanceOf(ConfigException.class);
    return cause;
  }
}
