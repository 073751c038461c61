package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The log as text. */
class TextLinesTest {
  private static final String EVIL = "a\n00:00:00.000 INFO forged\u001b[2K\u2028\u202e\u0085";
  private static final String SAFE = "a\\n00:00:00.000 INFO forged\\u001b[2K\\u2028\\u202e\\u0085";

  private final LoggerContext context = new LoggerContext();

  private String line(String message, Throwable thrown, KeyValuePair... pairs) {
    LoggingEvent event =
        new LoggingEvent(
            "caller", context.getLogger("dev.sluice.http.Some"), Level.INFO, message, thrown, null);
    event.setKeyValuePairs(List.of(pairs));
    TextLines lines = new TextLines();
    lines.setContext(context);
    lines.start();
    return lines.doLayout(event);
  }

  @Test
  void lineHasTimeLevelLoggerMessageAndPairs() {
    assertThat(line("chat", null, new KeyValuePair("status", 200), new KeyValuePair("end", "done")))
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  d\\.sluice\\.http\\.Some chat status=200 end=done\n");
  }

  @Test
  void messageIsEscaped() {
    assertThat(line(EVIL, null)).endsWith(" " + SAFE + "\n").hasLineCount(1);
  }

  @Test
  void valueOfAPairIsEscapedAndQuotedWhereItCouldBeTakenForSeveral() {
    assertThat(line("chat", null, new KeyValuePair("model", EVIL)))
        .endsWith(" model=\"" + SAFE + "\"\n")
        .hasLineCount(1);
    assertThat(line("chat", null, new KeyValuePair("model", "m end=done")))
        .endsWith(" model=\"m end=done\"\n");
    assertThat(line("chat", null, new KeyValuePair("model", "a\"b"))).endsWith("=\"a\\\"b\"\n");
    assertThat(line("chat", null, new KeyValuePair("model", ""))).endsWith(" model=\"\"\n");
    assertThat(line("chat", null, new KeyValuePair("model", null))).endsWith(" model=null\n");
  }

  @Test
  void messagesOfExceptionsAreEscapedWhereverTheyStand() {
    var cause = new IllegalStateException(EVIL);
    var thrown = new RuntimeException(EVIL, cause);
    thrown.addSuppressed(new IllegalArgumentException(EVIL));
    assertThat(line("failed", thrown).lines())
        .contains("java.lang.RuntimeException: " + SAFE)
        .contains("Caused by: java.lang.IllegalStateException: " + SAFE)
        .contains("Suppressed: java.lang.IllegalArgumentException: " + SAFE)
        .anyMatch(l -> l.startsWith("\tat dev.sluice.TextLinesTest.messagesOfExceptions"))
        .noneMatch(l -> l.startsWith("00:00:00.000"));
  }

  @Test
  void longValuesAreCut() {
    String cut = "x".repeat(LogText.LONGEST) + "... (1000000 characters)";
    String longText = "x".repeat(1_000_000);
    assertThat(line(longText, null)).endsWith(" " + cut + "\n");
    assertThat(line("chat", null, new KeyValuePair("answer", longText)))
        .endsWith("=\"" + cut + "\"\n");
    assertThat(line("failed", new RuntimeException(longText))).contains("Exception: " + cut + "\n");
  }

  @Test
  void readableTextOfAllScriptsStays() {
    String text = "Grüße \u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \ud83d\ude00";
    assertThat(line(text, null)).endsWith(" " + text + "\n");
  }
}
