package dev.sluice.wire.anthropic;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Model;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.DialectBody;
import dev.sluice.wire.Json;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages API as its client speaks it. The base URL ends before {@code /v1}. */
public final class AnthropicWire implements UpstreamWire {
  /** What servers that are not Anthropic's own understand as well. */
  private static final String DEFAULT_VERSION = "2023-06-01";

  @Override
  public UpstreamRequest request(ChatRequest request, Dialect dialect) {
    Map<String, @Nullable Object> body =
        AnthropicRequestWriter.body(request, version(dialect), dialect.maxTokens());
    return new UpstreamRequest(
        "/v1/messages", headers(dialect), Json.write(DialectBody.of(body, dialect)));
  }

  @Override
  public AnswerReader answerReader(Dialect dialect) {
    return new AnthropicAnswerReader();
  }

  @Override
  public List<ChatEvent> answer(byte[] body, Dialect dialect) {
    List<ChatEvent> events = new ArrayList<>();
    MessageTranslator translator = new MessageTranslator(events::add);
    AnthropicMessage message = AnthropicJson.read(body, body.length, AnthropicMessage::read);
    if (message == null) {
      translator.fail(AnthropicErrors.protocol());
    } else {
      translator.whole(message);
    }
    return events;
  }

  @Override
  public Failure failure(int status, UnaryOperator<@Nullable String> header, byte[] body) {
    return AnthropicErrors.failure(status, header, body);
  }

  @Override
  public String modelsPath() {
    return "/v1/models?limit=1000";
  }

  @Override
  public List<UpstreamRequest.Header> headers(Dialect dialect) {
    return List.of(new UpstreamRequest.Header("anthropic-version", version(dialect)));
  }

  @Override
  public List<Model> models(byte[] body) {
    return AnthropicModels.read(body);
  }

  private static String version(Dialect dialect) {
    return Objects.requireNonNullElse(dialect.version(), DEFAULT_VERSION);
  }
}
