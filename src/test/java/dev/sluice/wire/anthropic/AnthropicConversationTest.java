package dev.sluice.wire.anthropic;

import static dev.sluice.wire.anthropic.Requests.body;
import static dev.sluice.wire.anthropic.Requests.called;
import static dev.sluice.wire.anthropic.Requests.json;
import static dev.sluice.wire.anthropic.Requests.result;
import static dev.sluice.wire.anthropic.Requests.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.chat.ToolCall;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicConversationTest {
  private static final Message HI = Message.of(Role.USER, "Hi");

  private static void assertTurns(ChatRequest request, String expected) {
    assertThat(body(request).get("messages")).isEqualTo(json("{'m':" + expected + "}").get("m"));
  }

  private static void assertRefused(String field, Message... messages) {
    assertThatExceptionOfType(UnsupportedRequestException.class)
        .isThrownBy(() -> body(Requests.of(messages)))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field))
        .withMessageEndingWith(".");
  }

  @Test
  void leadingInstructionsStandApartAndLaterOnesInTheUsersTurn() {
    ChatRequest request =
        Requests.of(
            Message.of(Role.SYSTEM, "Be brief."),
            said(Role.SYSTEM, new Part.Text("Be kind."), new Part.Text("")),
            HI,
            Message.of(Role.ASSISTANT, "Hello"),
            Message.of(Role.SYSTEM, "Now in French."),
            Message.of(Role.USER, "Bye"));
    assertThat(body(request)).containsEntry("system", "Be brief.\n\nBe kind.");
    assertTurns(
        request,
        """
        [{'role':'user','content':'Hi'},{'role':'assistant','content':'Hello'},
         {'role':'user','content':[{'type':'text','text':'Now in French.'},
                                   {'type':'text','text':'Bye'}]}]""");
  }

  @Test
  void neighboursOfOneSideAreMergedAndEmptyOnesLeftOut() {
    ChatRequest request =
        Requests.of(
            HI,
            Message.of(Role.ASSISTANT, ""),
            Message.of(Role.USER, "there"),
            Message.of(Role.ASSISTANT, "a"),
            Message.of(Role.ASSISTANT, "b"));
    assertThat(body(request)).doesNotContainKey("system");
    assertTurns(
        request,
        """
        [{'role':'user','content':[{'type':'text','text':'Hi'},{'type':'text','text':'there'}]},
         {'role':'assistant','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]""");
  }

  @Test
  void picturesComeInBase64OrByUrl() {
    ChatRequest request =
        Requests.of(
            said(
                Role.USER,
                new Part.Text("What is it?"),
                new Part.Image("data:image/PNG;base64,iVBO+/w==", "high"),
                new Part.Image("data:image/webp;charset=x;BASE64,UklG", null),
                new Part.Image("https://example.org/a.tiff", null)));
    assertTurns(
        request,
        """
        [{'role':'user','content':[{'type':'text','text':'What is it?'},
          {'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO+/w=='}},
          {'type':'image','source':{'type':'base64','media_type':'image/webp','data':'UklG'}},
          {'type':'image','source':{'type':'url','url':'https://example.org/a.tiff'}}]}]""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:image/tiff;base64,AA",
        "data:image/png,AA",
        "data:image/png;base64",
        "data:,",
        "data:",
        "data:;base64,AA",
        "http://example.org/a.png",
        "file:///etc/passwd",
        ""
      })
  void otherPicturesAreRefusedByName(String url) {
    assertRefused(
        "messages[1].content[1]",
        HI,
        said(Role.USER, new Part.Text("x"), new Part.Image(url, null)));
  }

  @Test
  void contentOfUnknownKindIsRefusedByName() {
    assertRefused(
        "messages[0].content[0]",
        said(Role.USER, new Part.Other(Map.of("type", "document", "source", "x"))));
    assertRefused(
        "messages[0].content[1]",
        said(Role.SYSTEM, new Part.Text("x"), new Part.Image("https://example.org/a.png", null)),
        HI);
  }

  @Test
  void thoughtsGoBackOnlyWithTheirSeal() {
    ChatRequest request =
        Requests.of(
            HI,
            said(
                Role.ASSISTANT,
                new Part.Reasoning("Hm", "seal", null),
                new Part.Reasoning("", null, "secret"),
                new Part.Reasoning("loose", null, null),
                new Part.Text("Yes"),
                new Part.Refusal("But no"),
                new Part.Refusal("")));
    assertTurns(
        request,
        """
        [{'role':'user','content':'Hi'},
         {'role':'assistant','content':[
           {'type':'thinking','thinking':'Hm','signature':'seal'},
           {'type':'redacted_thinking','data':'secret'},
           {'type':'text','text':'Yes'},{'type':'text','text':'But no'}]}]""");
  }

  @Test
  void resultsOfToolsMakeOneTurnAndComeFirstInIt() {
    ChatRequest request =
        Requests.of(
            HI,
            called(
                "Looking.",
                new ToolCall("toolu_1", "find", "{ \"n\": 1.0, \"s\":\"\\u00fc\" }"),
                new ToolCall("functions.now:2", "now", " ")),
            Message.of(Role.SYSTEM, "Hurry."),
            result("toolu_1", "sun"),
            new Message(Role.TOOL, List.of(), List.of(), "functions.now:2", Map.of()),
            said(Role.USER, new Part.Text("And?")));
    assertTurns(
        request,
        """
        [{'role':'user','content':'Hi'},
         {'role':'assistant','content':[{'type':'text','text':'Looking.'},
           {'type':'tool_use','id':'toolu_1','name':'find','input':{'n':1.0,'s':'ü'}},
           {'type':'tool_use','id':'functions_now_2','name':'now','input':{}}]},
         {'role':'user','content':[
           {'type':'tool_result','tool_use_id':'toolu_1','content':'sun'},
           {'type':'tool_result','tool_use_id':'functions_now_2'},
           {'type':'text','text':'Hurry.'},{'type':'text','text':'And?'}]}]""");
  }

  @Test
  void argumentsOfToolsKeepEveryByte() {
    String arguments = "{ \"n\": 1.50e400, \"half\":\"\\ud83d\", \"n\":12345678901234567890123 }";
    ChatRequest request = Requests.of(HI, called("", new ToolCall("t", "f", arguments)));
    byte[] body = new AnthropicWire().request(request, Dialect.STANDARD).body();
    assertThat(new String(body, UTF_8)).contains("\"input\":" + arguments + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "[1]", "7", "null", "{} {}", "{\"a\":1}x", "text"})
  void argumentsThatAreNoObjectAreRefusedByName(String arguments) {
    assertRefused(
        "messages[1].tool_calls[0].function.arguments",
        HI,
        called("x", new ToolCall("t", "f", arguments)));
  }

  @Test
  void argumentsNestedWithoutEndAreRefusedByName() {
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    assertRefused(
        "messages[0].tool_calls[0].function.arguments", called("", new ToolCall("t", "f", deep)));
  }

  @Test
  void resultsMayHoldSeveralTextsAndPictures() {
    Message result =
        new Message(
            Role.TOOL,
            List.of(new Part.Text("a"), new Part.Image("https://example.org/a.png", null)),
            List.of(),
            "t",
            Map.of());
    assertTurns(
        Requests.of(called("", new ToolCall("t", "f", "")), result),
        """
        [{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},
         {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[
           {'type':'text','text':'a'},
           {'type':'image','source':{'type':'url','url':'https://example.org/a.png'}}]}]}]""");
  }

  @Test
  void resultThatAnswersNoCallIsRefusedByName() {
    assertRefused(
        "messages[1].tool_call_id",
        HI,
        new Message(Role.TOOL, List.of(), List.of(), null, Map.of()));
  }

  @Test
  void conversationWithoutTurnsIsRefused() {
    assertRefused("messages", Message.of(Role.SYSTEM, "Be brief."), Message.of(Role.USER, ""));
  }
}
