package dev.sluice.wire.page;

import dev.sluice.chat.Fault;
import dev.sluice.chat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what goes along with a question: {@code [{type: "image", url: "data:image/..."} | {type:
 * "text", name, text}]}. An image comes with the request, never from an address: the gateway
 * fetches nothing on anybody's behalf.
 */
final class PageAttachments {
  private static final int MOST = 10;
  private static final int NAME_CHARS = 200;
  private static final Pattern IMAGE =
      Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]++={0,2}");

  private final int textChars;

  /**
   * @param textChars the longest text of one file
   */
  PageAttachments(int textChars) {
    this.textChars = textChars;
  }

  List<Part> read(@Nullable Object value, String field) throws InvalidPageRequestException {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      throw refused(field, "must be a list");
    }
    if (items.size() > MOST) {
      throw refused(field, "must hold at most " + MOST + " items");
    }
    List<Part> parts = new ArrayList<>(items.size());
    for (Object item : items) {
      parts.add(part(item, field + "[" + parts.size() + "]"));
    }
    return parts;
  }

  private Part part(@Nullable Object value, String field) throws InvalidPageRequestException {
    if (!(value instanceof Map<?, ?> item)) {
      throw refused(field, "must be an object with a type");
    }
    if ("image".equals(item.get("type"))) {
      return image(item, field);
    }
    if ("text".equals(item.get("type"))) {
      return file(item, field);
    }
    throw refused(field + ".type", "must be image or text");
  }

  private static Part image(Map<?, ?> item, String field) throws InvalidPageRequestException {
    String url = PageRequestReader.text(item.get("url"), field + ".url");
    if (!IMAGE.matcher(url).matches()) {
      throw refused(field + ".url", "must be a data: URL of a PNG, JPEG, GIF or WebP in base64");
    }
    return new Part.Image(url, null);
  }

  private Part file(Map<?, ?> item, String field) throws InvalidPageRequestException {
    String name = PageRequestReader.text(item.get("name"), field + ".name").strip();
    String text = PageRequestReader.text(item.get("text"), field + ".text");
    if (name.isEmpty() || name.length() > NAME_CHARS) {
      throw refused(field + ".name", "must have 1 to " + NAME_CHARS + " characters");
    }
    if (text.length() > textChars) {
      throw refused(field + ".text", "must be at most " + textChars + " characters long");
    }
    return new Part.Text("File " + name + ":\n\n" + text + "\n\n");
  }

  private static InvalidPageRequestException refused(String field, String rule) {
    return PageRequestReader.invalid(field, Fault.INVALID_REQUEST, rule);
  }
}
