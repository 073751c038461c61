package dev.sluice.wire.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.chat.Fault;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PageRequestReaderTest {
  private final PageRequestReader reader = new PageRequestReader(new PageLimits(5, 2, 7));

  private PageRequest read(String json) throws InvalidPageRequestException {
    return reader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String json, Fault fault, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            InvalidPageRequestException.class,
            e -> {
              assertThat(e.failure().fault()).isEqualTo(fault);
              assertThat(e.failure().field()).isEqualTo(field);
              assertThat(e.failure().message()).endsWith(".").isEqualTo(e.getMessage());
            });
  }

  private static String message(String text) {
    return new JsonObject().put("message", text).encode();
  }

  private static JsonObject turn(String role, String content) {
    return new JsonObject().put("role", role).put("content", content);
  }

  @Example
  void aWholeRequestIsReadAsItWasMeant() throws InvalidPageRequestException {
    var history = new JsonArray().add(turn("system", " s ")).add(turn("assistant", ""));
    var request =
        read(
            new JsonObject()
                .put("message", "\n hi\u2003")
                .put("provider", " claude ")
                .put("model", "m")
                .put("history", history)
                .put("unknown", new JsonArray().add(1))
                .encode());
    assertThat(request.message()).isEqualTo("hi");
    assertThat(request.provider()).isEqualTo("claude");
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.history().get(0).role()).isEqualTo(Role.SYSTEM);
    assertThat(request.history().get(0).text()).isEqualTo(" s ");
    assertThat(request.history().get(1).role()).isEqualTo(Role.ASSISTANT);
  }

  @Example
  void whatIsNullOrMissingOrBlankIsAbsent() throws InvalidPageRequestException {
    for (String rest : new String[] {"", ",\"provider\":null,\"model\":\" \",\"history\":null"}) {
      var request = read("{\"message\":\"hi\"" + rest + "}");
      assertThat(request.provider()).isNull();
      assertThat(request.model()).isNull();
      assertThat(request.history()).isEmpty();
    }
  }

  @Example
  void lengthsAreCountedAfterTrimming() throws InvalidPageRequestException {
    assertThat(read(message("  12345 ")).message()).isEqualTo("12345");
    refused(message("123456"), Fault.MESSAGE_TOO_LONG, "message");
    refused(message("1234\ud83d\ude00"), Fault.MESSAGE_TOO_LONG, "message");
    refused(message("  "), Fault.INVALID_REQUEST, "message");
  }

  @Example
  void aHistoryHasItsBounds() throws InvalidPageRequestException {
    var long7 = turn("user", "1234567");
    var two = new JsonArray().add(long7).add(long7);
    assertThat(read(new JsonObject().put("message", "x").put("history", two).encode()).history())
        .hasSize(2);
    refused(
        new JsonObject().put("message", "x").put("history", two.copy().add(long7)).encode(),
        Fault.HISTORY_TOO_LONG,
        "history");
    refused(
        new JsonObject()
            .put("message", "x")
            .put("history", new JsonArray().add(long7).add(turn("user", "12345678")))
            .encode(),
        Fault.HISTORY_TOO_LONG,
        "history[1].content");
  }

  @Property
  void whateverComesIsReadOrRefused(@ForAll byte[] body) {
    tryToRead(body);
  }

  @Property
  void whateverOfARequestComesIsReadOrRefused(@ForAll byte noise, @ForAll int place) {
    byte[] body =
        "{\"message\":\"hi\",\"history\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    int index = Math.floorMod(place, body.length);
    tryToRead(Arrays.copyOf(body, index));
    body[index] = noise;
    tryToRead(body);
  }

  private void tryToRead(byte[] body) {
    try {
      assertThat(reader.read(body).message()).isNotBlank();
    } catch (InvalidPageRequestException e) {
      assertThat(e.failure().message()).endsWith(".");
      assertThat(e.failure().fault().status()).isEqualTo(400);
    }
  }

  private static String with(String field, String value) {
    return "{\"message\":\"hi\",\"" + field + "\":" + value + "}";
  }

  @Example
  void parametersAndAttachmentsAreRead() throws InvalidPageRequestException {
    assertThat(read(with("temperature", "2")).temperature()).isEqualTo(2.0);
    assertThat(read(with("max_tokens", "7")).maxTokens()).isEqualTo(7);
    assertThat(read(with("max_tokens", "null")).maxTokens()).isNull();
    String attachments =
        "[{\"type\":\"image\",\"url\":\"data:image/png;base64,AAAA\"},"
            + "{\"type\":\"text\",\"name\":\" n \",\"text\":\"words\"}]";
    assertThat(read(with("attachments", attachments)).attachments())
        .containsExactly(
            new Part.Image("data:image/png;base64,AAAA", null),
            new Part.Text("File n:\n\nwords\n\n"));
  }

  @Example
  void earlierMessagesOfTheUserHaveAttachmentsOfTheirOwn() throws InvalidPageRequestException {
    String image = "[{\"type\":\"image\",\"url\":\"data:image/png;base64,AAAA\"}]";
    String turn = "[{\"role\":\"user\",\"content\":\"look\",\"attachments\":" + image + "}]";
    assertThat(read(with("history", turn)).history().get(0).content())
        .containsExactly(new Part.Image("data:image/png;base64,AAAA", null), new Part.Text("look"));
    refused(
        with("history", turn.replace("user", "assistant")),
        Fault.INVALID_REQUEST,
        "history[0].attachments");
    refused(
        with("history", turn.replace("png", "svg")),
        Fault.INVALID_REQUEST,
        "history[0].attachments[0].url");
  }

  @Example
  void whatIsWrongWithThemIsSaidByItsPlace() {
    for (String wrong : List.of("-0.1", "2.1", "true", "[]")) {
      refused(with("temperature", wrong), Fault.INVALID_REQUEST, "temperature");
    }
    for (String wrong : List.of("0", "1.5", "3000000000", "{}")) {
      refused(with("max_tokens", wrong), Fault.INVALID_REQUEST, "max_tokens");
    }
    refused(with("attachments", "{}"), Fault.INVALID_REQUEST, "attachments");
    refused(with("attachments", "[7]"), Fault.INVALID_REQUEST, "attachments[0]");
    refused(
        with("attachments", "[{\"type\":\"film\"}]"), Fault.INVALID_REQUEST, "attachments[0].type");
    for (String url :
        List.of("https://a.b/c.png", "data:text/html;base64,AAAA", "data:image/png;base64,")) {
      refused(
          with("attachments", "[{\"type\":\"image\",\"url\":\"" + url + "\"}]"),
          Fault.INVALID_REQUEST,
          "attachments[0].url");
    }
    refused(
        with("attachments", "[{\"type\":\"text\",\"name\":\"\",\"text\":\"\"}]"),
        Fault.INVALID_REQUEST,
        "attachments[0].name");
    refused(
        with("attachments", "[{\"type\":\"text\",\"name\":\"n\",\"text\":\"12345678\"}]"),
        Fault.INVALID_REQUEST,
        "attachments[0].text");
    String eleven = String.join(",", Collections.nCopies(11, "7"));
    refused(with("attachments", "[" + eleven + "]"), Fault.INVALID_REQUEST, "attachments");
  }
}
