package dev.sluice.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The types that the page's JavaScript states in its comments hold, as TypeScript understands them.
 */
class TypesTest {
  private static final Pattern COMPILER = Pattern.compile(".*/lib/(_?tsc\\.js|lib\\..*\\.d\\.ts)");

  @TempDir private Path folder;

  @Test
  void whatTheCommentsSayOfTypesHolds() throws Exception {
    String node = Browser.node().toString();
    List<String> command = List.of(node, compiler().toString(), "-p", "src/test/types");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    process.waitFor();
    assertThat(Files.readString(said, StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.exitValue()).isZero();
  }

  /** The compiler, out of its archive. */
  private Path compiler() throws IOException {
    URL manifest =
        Objects.requireNonNull(
            getClass().getResource("/META-INF/maven/org.webjars.npm/typescript/pom.xml"));
    try (JarFile jar = ((JarURLConnection) manifest.openConnection()).getJarFile()) {
      for (JarEntry entry : jar.stream().toList()) {
        if (COMPILER.matcher(entry.getName()).matches()) {
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          Files.copy(jar.getInputStream(entry), folder.resolve(name));
        }
      }
    }
    return folder.resolve("tsc.js");
  }
}
