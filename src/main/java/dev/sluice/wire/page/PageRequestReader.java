package dev.sluice.wire.page;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.wire.Json;
import dev.sluice.wire.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {message, provider?, model?, history?: [{role, content, attachments?}],
 * attachments?, temperature?, max_tokens?}}. Members that it does not know are passed over, as they
 * always were; a null counts as absent.
 */
public final class PageRequestReader {
  private static final int NAME_CHARS = 100;

  private final PageLimits limits;
  private final PageAttachments attachments;

  public PageRequestReader(PageLimits limits) {
    this.limits = limits;
    attachments = new PageAttachments(limits.historyMessageChars());
  }

  /**
   * Reads a request body.
   *
   * @throws InvalidPageRequestException if it is not valid JSON, or no valid request
   */
  public PageRequest read(byte[] body) throws InvalidPageRequestException {
    Map<String, @Nullable Object> json;
    try {
      json = Json.readStrictly(body);
    } catch (JsonException e) {
      throw new InvalidPageRequestException(
          new Failure(
              Fault.INVALID_JSON,
              String.valueOf(e.getMessage()),
              e.path().isEmpty() ? null : e.path(),
              null));
    }
    return new PageRequest(
        message(json),
        name(json, "provider"),
        name(json, "model"),
        history(json),
        attachments.read(json.get("attachments"), "attachments"),
        number(json, "temperature", 0, 2),
        wholeNumber(json, "max_tokens"));
  }

  private String message(Map<String, @Nullable Object> json) throws InvalidPageRequestException {
    String message = text(json.get("message"), "message").strip();
    if (message.isEmpty()) {
      throw invalid("message", Fault.INVALID_REQUEST, "must not be empty");
    }
    if (message.length() > limits.messageChars()) {
      throw invalid(
          "message",
          Fault.MESSAGE_TOO_LONG,
          "must be at most " + limits.messageChars() + " characters long");
    }
    return message;
  }

  private static @Nullable String name(Map<String, @Nullable Object> json, String field)
      throws InvalidPageRequestException {
    if (json.get(field) == null) {
      return null;
    }
    String name = text(json.get(field), field).strip();
    if (name.length() > NAME_CHARS) {
      throw invalid(
          field, Fault.INVALID_REQUEST, "must be at most " + NAME_CHARS + " characters long");
    }
    return name.isEmpty() ? null : name;
  }

  private List<Message> history(Map<String, @Nullable Object> json)
      throws InvalidPageRequestException {
    Object value = json.get("history");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> turns)) {
      throw invalid("history", Fault.INVALID_REQUEST, "must be a list of messages");
    }
    if (turns.size() > limits.historyMessages()) {
      throw invalid(
          "history",
          Fault.HISTORY_TOO_LONG,
          "must hold at most " + limits.historyMessages() + " messages");
    }
    List<Message> history = new ArrayList<>(turns.size());
    for (Object turn : turns) {
      history.add(turn(turn, "history[" + history.size() + "]"));
    }
    return history;
  }

  private Message turn(@Nullable Object value, String field) throws InvalidPageRequestException {
    if (!(value instanceof Map<?, ?> turn)) {
      throw invalid(field, Fault.INVALID_REQUEST, "must be an object with a role and a content");
    }
    String content = text(turn.get("content"), field + ".content");
    if (content.length() > limits.historyMessageChars()) {
      throw invalid(
          field + ".content",
          Fault.HISTORY_TOO_LONG,
          "must be at most " + limits.historyMessageChars() + " characters long");
    }
    Role role = role(turn.get("role"), field + ".role");
    String attached = field + ".attachments";
    List<Part> parts = new ArrayList<>(attachments.read(turn.get("attachments"), attached));
    if (!parts.isEmpty() && role != Role.USER) {
      throw invalid(attached, Fault.INVALID_REQUEST, "go with messages of the user only");
    }
    parts.add(new Part.Text(content));
    return new Message(role, parts, List.of(), null, Map.of());
  }

  private static Role role(@Nullable Object value, String field)
      throws InvalidPageRequestException {
    Optional<Role> role = value instanceof String name ? Role.named(name) : Optional.empty();
    if (role.isPresent() && role.get() != Role.TOOL) {
      return role.get();
    }
    throw invalid(field, Fault.INVALID_REQUEST, "must be system, user or assistant");
  }

  private static @Nullable Double number(
      Map<String, @Nullable Object> json, String field, double least, double most)
      throws InvalidPageRequestException {
    Object value = json.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw invalid(
        field, Fault.INVALID_REQUEST, "must be a number from " + (int) least + " to " + (int) most);
  }

  private static @Nullable Integer wholeNumber(Map<String, @Nullable Object> json, String field)
      throws InvalidPageRequestException {
    Double number = number(json, field, 1, Integer.MAX_VALUE);
    if (number != null && number != Math.rint(number)) {
      throw invalid(field, Fault.INVALID_REQUEST, "must be a whole number");
    }
    return number == null ? null : number.intValue();
  }

  static String text(@Nullable Object value, String field) throws InvalidPageRequestException {
    if (value instanceof String text) {
      return text;
    }
    throw invalid(field, Fault.INVALID_REQUEST, value == null ? "is required" : "must be a string");
  }

  static InvalidPageRequestException invalid(String field, Fault fault, String rule) {
    return new InvalidPageRequestException(Failure.at(field, fault, field + " " + rule + "."));
  }
}
