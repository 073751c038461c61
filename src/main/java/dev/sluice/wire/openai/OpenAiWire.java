package dev.sluice.wire.openai;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Model;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamRequest;
import dev.sluice.wire.UpstreamWire;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions as a client of OpenAI, Azure, Gemini, Groq, Mistral, DeepSeek, xAI,
 * OpenRouter, Together, Fireworks, Ollama, vLLM, llama.cpp, LM Studio and others speaks them:
 * strict in what it sends, and bearing with all that any of these is known to answer.
 */
public final class OpenAiWire implements UpstreamWire {

  @Override
  public UpstreamRequest request(ChatRequest request, Dialect dialect) {
    return new UpstreamRequest(
        "/chat/completions", List.of(), OpenAiRequestWriter.body(request, dialect));
  }

  @Override
  public AnswerReader answerReader(Dialect dialect) {
    return new OpenAiAnswerReader();
  }

  @Override
  public List<ChatEvent> answer(byte[] body, Dialect dialect) {
    List<ChatEvent> events = new ArrayList<>();
    ChunkTranslator translator = new ChunkTranslator();
    ChunkParser parser = new ChunkParser();
    if (parser.read(body, body.length)) {
      translator.whole(parser.chunk(), events::add);
    } else {
      VendorError error = VendorError.read(body, body.length);
      translator.fail(
          error == null ? OpenAiErrors.protocol() : OpenAiErrors.failure(error), events::add);
    }
    return List.copyOf(events);
  }

  @Override
  public Failure failure(int status, UnaryOperator<@Nullable String> header, byte[] body) {
    return OpenAiErrors.failure(status, header, body);
  }

  @Override
  public String modelsPath() {
    return "/models";
  }

  @Override
  public List<UpstreamRequest.Header> headers(Dialect dialect) {
    return List.of();
  }

  @Override
  public List<Model> models(byte[] body) {
    return OpenAiModels.read(body);
  }
}
