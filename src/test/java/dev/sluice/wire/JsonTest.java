package dev.sluice.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void anObjectIsReadAsPlainValuesInItsOrder() throws JsonException {
    Map<String, @Nullable Object> object =
        read("{\"z\":1,\"a\":[true,false,null,\"x\"],\"l\":3000000000,\"d\":0.5,\"o\":{\"i\":-0}}");
    assertThat(object)
        .containsExactly(
            Map.entry("z", 1),
            Map.entry("a", Arrays.asList(true, false, null, "x")),
            Map.entry("l", 3_000_000_000L),
            Map.entry("d", 0.5),
            Map.entry("o", Map.of("i", 0)));
  }

  @Test
  void numbersBeyondALongAreKept() throws JsonException {
    assertThat(read("{\"n\":12345678901234567890}"))
        .containsEntry("n", new BigInteger("12345678901234567890"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}}",
        "{} {}",
        "[]",
        "null",
        "\"a\"",
        "1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "/**/{}",
        "{\"a\":1e400}",
        "{\"a\":123456789012345678901}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":[\"\\ud800x\"]}"
      })
  void whatIsNotStrictlyAnObjectIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] bytes = {'{', '"', (byte) 0xFF, '"', ':', '1', '}'};
    assertThatThrownBy(() -> Json.readStrictly(bytes)).hasMessage("The body is not valid UTF-8.");
  }

  @Test
  void pairedSurrogatesAreFine() throws JsonException {
    assertThat(read("{\"a\":\"\\ud83c\\udf0d\"}")).containsEntry("a", "🌍");
  }

  @Test
  void nestingEndsAtThirtyTwo() throws JsonException {
    assertThat(read(nested(31))).isNotEmpty();
    assertThatThrownBy(() -> read(nested(32))).isInstanceOf(JsonException.class);
  }

  private static String nested(int arrays) {
    return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":\"\\ud800\"}', a",
    "'{\"a\":{\"b\":[1,{\"c\":\"\\udc00\"}]}}', a.b[1].c",
    "'{\"a\":[0,1e999]}', a[1]",
    "'{\"a\":1,\"a\":2}', ''",
  })
  void theRefusalNamesThePlaceWhereItCan(String text, String path) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(JsonException.class, e -> assertThat(e.path()).isEqualTo(path));
  }

  @Test
  void theRefusalQuotesNothing() {
    assertThatThrownBy(() -> read("{\"secret\":hunter2}"))
        .hasMessageNotContainingAny("secret", "hunter2");
  }

  @Property(tries = 300)
  void whatIsWrittenReadsTheSame(@ForAll("values") Object value) throws Exception {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("v", value);
    byte[] bytes = Json.write(object);
    assertThat(Json.readStrictly(bytes)).isEqualTo(object);
    try (JsonParser parser = Json.parser(bytes, 0, bytes.length)) {
      parser.nextToken();
      assertThat(Json.readValue(parser)).isEqualTo(object);
    }
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().filter(JsonTest::isWellFormed).map(value -> (Object) value),
            Arbitraries.integers().map(value -> (Object) value),
            Arbitraries.longs().filter(n -> n != n.intValue()).map(value -> (Object) value),
            Arbitraries.of(0.5, -1.25e10, 1e-3).map(value -> (Object) value),
            Arbitraries.of(true, false).map(value -> (Object) value));
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars.list().ofMaxSize(3).map(value -> (Object) value),
        () ->
            Arbitraries.maps(Arbitraries.strings().alpha(), values())
                .ofMaxSize(3)
                .map(value -> (Object) value));
  }

  private static boolean isWellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8).equals(text);
  }

  @Test
  void nullsAndListsAndNestedObjectsAreWritten() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("n", null);
    object.put("l", List.of(1, Map.of("k", "\"\n")));
    assertThat(new String(Json.write(object), UTF_8))
        .isEqualTo("{\"n\":null,\"l\":[1,{\"k\":\"\\\"\\n\"}]}");
  }

  @Test
  void writingStepByStepGivesTheSameBytes() {
    byte[] bytes =
        Json.write(
            generator -> {
              generator.writeStartObject();
              generator.writeStringField("a", "é");
              generator.writeEndObject();
            });
    assertThat(bytes).isEqualTo("{\"a\":\"é\"}".getBytes(UTF_8));
  }

  @Test
  void theParserReadsOnlyItsPartOfTheArray() throws IOException {
    byte[] bytes = "xx{\"a\":1}yy".getBytes(UTF_8);
    try (JsonParser parser = Json.parser(bytes, 2, 7)) {
      parser.nextToken();
      assertThat(Json.readValue(parser)).isEqualTo(Map.of("a", 1));
      assertThat(parser.nextToken()).isNull();
    }
  }

  private static Map<String, @Nullable Object> read(String text) throws JsonException {
    return Json.readStrictly(text.getBytes(UTF_8));
  }
}
