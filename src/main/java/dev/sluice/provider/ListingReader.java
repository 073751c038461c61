package dev.sluice.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.chat.Catalog.State;
import dev.sluice.chat.Fault;
import dev.sluice.wire.Json;
import dev.sluice.wire.UpstreamWire;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the answer to a request for a model list how a provider is. This costs nothing, unlike
 * a chat. A provider that does not list its models may answer chats all the same, so that only what
 * speaks against an API or the key makes it unusable.
 */
final class ListingReader {
  private static final int OK = 200;

  private ListingReader() {}

  /**
   * @param header looks a header up by its lower-case name; null if it is not there
   */
  static Listing read(
      UpstreamWire wire, int status, UnaryOperator<@Nullable String> header, byte[] body) {
    String detail = "status " + status;
    if (status == OK) {
      return isList(body)
          ? new Listing(State.READY, wire.models(body), detail, false)
          : Listing.of(
              isData(header.apply("content-type")) ? State.NO_LIST : State.NOT_AN_API,
              detail + " without a list of models");
    }
    if (status >= 500 && status != 501) {
      return Listing.of(State.UNREACHABLE, detail);
    }
    if (status == 429) {
      return Listing.of(State.READY, detail);
    }
    boolean page = status != 401 && isPage(header.apply("content-type"));
    if (status == 404) {
      return new Listing(page ? State.NOT_AN_API : State.NO_LIST, List.of(), detail, true);
    }
    if (page || status < 400) {
      return Listing.of(State.NOT_AN_API, detail + (page ? " with a web page" : ""));
    }
    boolean refused = wire.failure(status, header, body).fault() == Fault.UPSTREAM_AUTH;
    return Listing.of(refused && !lacksScope(body) ? State.UNAUTHORIZED : State.NO_LIST, detail);
  }

  /** OpenAI's form has the models as {@code data}, a few vendors as {@code models} or bare. */
  private static boolean isList(byte[] body) {
    try (JsonParser json = Json.parser(body, 0, body.length)) {
      Object root = json.nextToken() == null ? null : Json.readValue(json);
      return root instanceof List<?>
          || (root instanceof Map<?, ?> object
              && (object.containsKey("data") || object.containsKey("models")));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isData(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).matches(".*(json|event-stream).*");
  }

  private static boolean isPage(@Nullable String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("html");
  }

  /** A key of OpenAI may be good for chats and not for the list ("Missing scopes: model.read"). */
  private static boolean lacksScope(byte[] body) {
    return new String(body, UTF_8).toLowerCase(Locale.ROOT).contains("missing scope");
  }
}
