package dev.sluice.limiter;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A Lua script that Redis is asked to run by its hash, and is told only if it does not know it. */
record RedisScript(String text, String sha) {

  /** The script in the resource of that name. */
  static RedisScript load(String name) {
    try (InputStream in =
        Objects.requireNonNull(RedisScript.class.getResourceAsStream(name), name)) {
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(bytes);
      return new RedisScript(
          new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(hash));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }

  /** Runs it for one key. An unknown script has done nothing, so that it can be sent again. */
  Future<Response> run(RedisLink link, String key, List<Object> arguments) {
    return link.send(request(Command.EVALSHA, sha, key, arguments))
        .recover(
            cause ->
                isUnknown(cause)
                    ? link.send(request(Command.EVAL, text, key, arguments))
                    : Future.failedFuture(cause));
  }

  static boolean isUnknown(Throwable cause) {
    return cause.getMessage() != null && cause.getMessage().startsWith("NOSCRIPT");
  }

  private static Request request(
      Command command, String script, String key, List<Object> arguments) {
    Request request = Request.cmd(command).arg(script).arg(1).arg(key);
    arguments.forEach(argument -> request.arg(argument.toString()));
    return request;
  }
}
