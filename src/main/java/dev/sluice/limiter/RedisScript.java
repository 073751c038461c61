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

  private static final String REQUESTS = "--REQUESTS--";

  /** The script of an account, with the part that counts its requests. */
  static RedisScript load(String account, String requests) {
    String text = text(account).replace(REQUESTS, text(requests));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new RedisScript(text, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(RedisScript.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it for one key. An unknown script has done nothing, so that it can be sent again. */
  Future<Response> run(RedisLink link, String key, List<String> arguments) {
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
      Command command, String script, String key, List<String> arguments) {
    Request request = Request.cmd(command).arg(script).arg(1).arg(key);
    arguments.forEach(request::arg);
    return request;
  }
}
