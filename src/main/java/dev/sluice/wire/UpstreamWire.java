package dev.sluice.wire;

import dev.sluice.chat.ChatEvent;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Model;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A vendor's format as the client of that vendor speaks it. Stateless; safe on any thread. */
public interface UpstreamWire {

  /**
   * The call that asks for {@code request}.
   *
   * @throws UnsupportedRequestException if the format has no words for a part of the request
   */
  UpstreamRequest request(ChatRequest request, Dialect dialect);

  /** A reader for the body of one streamed answer. */
  AnswerReader answerReader(Dialect dialect);

  /**
   * The events of an answer that came whole, ending in exactly one terminal event. A body that is
   * no answer gives {@code Failed}.
   */
  List<ChatEvent> answer(byte[] body, Dialect dialect);

  /**
   * What an answer with a status other than 2xx means. The vendor's own text is read to tell one
   * fault from another, and never repeated.
   *
   * @param header looks a header up by its lower-case name; null if it is not there
   */
  Failure failure(int status, UnaryOperator<@Nullable String> header, byte[] body);

  /** The path, below the base URL, that lists the models. */
  String modelsPath();

  /** The headers that this format wants on every call, authorization aside. */
  List<UpstreamRequest.Header> headers(Dialect dialect);

  /** The models in a list that the upstream sent; empty if it is no such list. */
  List<Model> models(byte[] body);

  /** Turns the bytes of one streamed answer into events, however the bytes are split. */
  interface AnswerReader {

    /**
     * Reads the next bytes.
     *
     * @param out takes the events at once and in order
     */
    void read(byte[] bytes, int offset, int length, Consumer<ChatEvent> out);

    /**
     * The body is over. Emits {@code Done} if what was read amounts to a whole answer, and nothing
     * if it does not or if a terminal event was emitted before.
     */
    void end(Consumer<ChatEvent> out);
  }
}
