package dev.sluice.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body that is wanted whole, up to a limit. */
final class WholeBody {
  private WholeBody() {}

  /**
   * Reads the body of {@code response}.
   *
   * @param out takes the bytes, or null as soon as they are more than {@code limit}; is not called
   *     if the connection breaks
   */
  static void read(HttpClientResponse response, int limit, Consumer<byte @Nullable []> out) {
    Buffer body = Buffer.buffer();
    response
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > limit) {
                response.handler(ignored -> {}).endHandler(ignored -> {});
                out.accept(null);
              } else {
                body.appendBuffer(chunk);
              }
            })
        .endHandler(end -> out.accept(body.getBytes()));
  }
}
