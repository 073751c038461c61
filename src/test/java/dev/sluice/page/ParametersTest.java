package dev.sluice.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What a person sets, attaches or compares reaches the model, and what it costs is shown. */
class ParametersTest {
  private static final byte[] PIXEL =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static JsonObject body(FakeUpstream upstream) {
    return new JsonObject(upstream.takeRequest().bodyText());
  }

  @Test
  void theSystemPromptAndTheParametersAreTheConversationsOwn() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("yes"));
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=parameters]").click();
      visit.find("dialog textarea").fill("Be brief.");
      visit.find("dialog input").first().fill("0.5");
      visit.find("dialog input").last().fill("77");
      visit.find("dialog .first").click();
      visit.ask("hello");
      visit.end();
      JsonObject body = body(upstream);
      assertThat(body.getJsonArray("messages").getJsonObject(0))
          .isEqualTo(new JsonObject().put("role", "system").put("content", "Be brief."));
      assertThat(body.getDouble("temperature")).isEqualTo(0.5);
      assertThat(body.encode()).contains(":77");
      visit.reload();
      visit.ask("again");
      visit.end();
      assertThat(body(upstream).getJsonArray("messages").size()).isEqualTo(4);
      visit.find("#history [data-deed=newChat]").click();
      assertThat(visit.find(".bubble")).hasCount(0);
      visit.ask("anew");
      visit.end();
      assertThat(body(upstream).getJsonArray("messages").size()).isEqualTo(1);
    }
  }

  /** Nine tokens of the question and three of the answer, by a price for each. */
  @Test
  void theSmallPrintSaysWhatAnAnswerCost() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("a", "b", "c"));
      visit.ask("how much?");
      visit.end();
      assertThat(visit.find(".meta")).containsText("m · 9 → 3 tokens · $0.015");
    }
  }

  @Test
  void aContextThatIsGettingFullIsTold() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("a", "b", "c"));
      visit.ask("how full?");
      visit.end();
      assertThat(visit.find("#gauge")).hasText("");
      visit.find("#model").selectOption("fake/n");
      assertThat(visit.find("#gauge")).hasText("75 % of 16");
    }
  }

  @Test
  void imagesAndTextFilesGoAlong() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answer(Upstreams.saying("seen"));
      FileChooser chooser = visit.page().waitForFileChooser(() -> visit.find("#attach").click());
      chooser.setFiles(
          new FilePayload[] {
            new FilePayload("dot.png", "image/png", PIXEL),
            new FilePayload(
                "notes.txt", "text/plain", "the notes".getBytes(StandardCharsets.UTF_8)),
          });
      assertThat(visit.find("#attachments li")).hasCount(2);
      visit.ask("what is this?");
      visit.end();
      String body = upstream.takeRequest().bodyText();
      assertThat(body).contains("data:image/jpeg;base64,", "File notes.txt:", "the notes");
      assertThat(visit.find("#attachments li")).hasCount(0);
      assertThat(visit.find(".question img")).isVisible();
      visit.reload();
      assertThat(visit.find(".question .attachments li")).hasCount(2);
      visit.ask("and what is beside it?");
      visit.end();
      assertThat(upstream.takeRequest().bodyText())
          .contains("data:image/jpeg;base64,", "the notes");
    }
  }

  @Test
  void whatIsAttachedAndNotSentOutlivesAReload() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      FileChooser chooser = visit.page().waitForFileChooser(() -> visit.find("#attach").click());
      chooser.setFiles(new FilePayload("dot.png", "image/png", PIXEL));
      assertThat(visit.find("#attachments li")).hasCount(1);
      visit.page().reload();
      Visit.complete(visit.page());
      assertThat(visit.find("#attachments img")).isVisible();
      visit.find("#attachments button").click();
      assertThat(visit.find("#attachments li")).hasCount(0);
    }
  }

  @Test
  void aFileThatCannotBeSentIsNamed() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      FileChooser chooser = visit.page().waitForFileChooser(() -> visit.find("#attach").click());
      chooser.setFiles(
          new FilePayload("a.zip", "application/zip", new byte[] {(byte) 0x80, 0, (byte) 0xff}));
      assertThat(visit.find("#notice")).containsText("a.zip is neither an image nor a text");
    }
  }

  @Test
  void twoModelsAnswerSideBySideAndOneIsGoneOnWith() throws Exception {
    try (var upstream = FakeUpstream.start();
        var gateway = TestGateway.start(Upstreams.settings(upstream));
        Visit visit = Visit.to(gateway.port())) {
      upstream.takeRequest();
      upstream.answerEach(
          (request, reply) ->
              Upstreams.saying("answer of " + new JsonObject(request.bodyText()).getString("model"))
                  .accept(reply));
      visit.find("[popovertarget=menu]").click();
      visit.find("#menu [data-deed=compare]").click();
      visit.find("dialog select").selectOption("fake/n");
      visit.find("dialog .first").click();
      visit.ask("which?");
      assertThat(visit.find("#notice")).containsText("n is asked as well.");
      Locator answers = visit.find(".pair > .answer");
      assertThat(answers).hasCount(2);
      assertThat(answers.first()).containsText("answer of m");
      assertThat(answers.last()).containsText("answer of n");
      answers.last().hover();
      answers.last().locator("[data-act=keep]").click();
      assertThat(visit.find(".answer")).hasCount(1);
      assertThat(visit.find(".answer")).containsText("answer of n");
      assertThat(visit.find(".answer .versions span")).hasText("2/2");
      assertThat(visit.find("#notice")).isHidden();
      visit.ask("and alone?");
      visit.end();
      assertThat(visit.find(".answer")).hasCount(2);
    }
  }
}
