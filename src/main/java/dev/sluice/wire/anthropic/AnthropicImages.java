package dev.sluice.wire.anthropic;

import dev.sluice.chat.Part;
import dev.sluice.wire.UnsupportedRequestException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes pictures as {@code image} blocks. */
final class AnthropicImages {
  private static final Set<String> MEDIA_TYPES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final String BASE64 = ";base64";

  private AnthropicImages() {}

  /**
   * The block that shows {@code image}.
   *
   * @param field where the image stands in the request
   * @throws UnsupportedRequestException if it is not a JPEG, PNG, GIF or WebP in base64 nor an
   *     {@code https:} URL
   */
  static Map<String, @Nullable Object> block(Part.Image image, String field) {
    return Map.of("type", "image", "source", source(image.url(), field));
  }

  private static Map<String, @Nullable Object> source(String url, String field) {
    if (startsWith(url, "https:")) {
      return Map.of("type", "url", "url", url);
    }
    if (startsWith(url, "data:")) {
      return base64(url, field);
    }
    throw new UnsupportedRequestException(field, "An image must be an https: or a data: URL.");
  }

  private static Map<String, @Nullable Object> base64(String url, String field) {
    int comma = url.indexOf(',');
    String head = url.substring("data:".length(), Math.max(comma, "data:".length()));
    if (comma < 0 || !head.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
      throw new UnsupportedRequestException(
          field, "An image's data: URL must hold its data in base64.");
    }
    String mediaType = head.substring(0, head.indexOf(';')).toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPES.contains(mediaType)) {
      throw new UnsupportedRequestException(
          field, "An image must be a JPEG, PNG, GIF or WebP for this provider.");
    }
    return Map.of("type", "base64", "media_type", mediaType, "data", url.substring(comma + 1));
  }

  private static boolean startsWith(String url, String scheme) {
    return url.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
