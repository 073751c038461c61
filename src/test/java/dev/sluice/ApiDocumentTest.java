package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the document says of errors is what the gateway does. */
class ApiDocumentTest {

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyErrorStandsThereAsItIs(Fault fault) throws IOException {
    String row =
        "| `%s` | %d | %s | %s |"
            .formatted(
                fault.code(),
                fault.status(),
                fault.retryable() ? "yes" : "",
                fault.charged() ? "yes" : "");
    assertThat(Files.readString(Path.of("docs/api.md")).replaceAll(" +", " "))
        .contains(row.replaceAll(" +", " "));
  }
}
