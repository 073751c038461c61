package dev.sluice.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a {@link Message}'s content. */
public sealed interface Part {

  /** Plain text, as the speaker wrote it. */
  record Text(String text) implements Part {}

  /**
   * A picture.
   *
   * @param url an {@code https:} or {@code data:} URL
   * @param detail how closely to look ({@code low}, {@code high}, ...), or null if not said
   */
  record Image(String url, @Nullable String detail) implements Part {}

  /**
   * What a model thought before it answered; some models want it back unchanged in the next turn.
   *
   * @param text the thoughts, empty if they are kept secret
   * @param signature the vendor's seal over them, or null
   * @param sealed the encrypted thoughts if the vendor keeps them secret, else null
   */
  record Reasoning(String text, @Nullable String signature, @Nullable String sealed)
      implements Part {}

  /** A model's own words for declining to answer. */
  record Refusal(String text) implements Part {}

  /**
   * Content of a kind that is not modelled here (audio, files, ...), kept as it came.
   *
   * @param json the part's JSON object; a wire that cannot carry it must refuse it by name
   */
  record Other(Map<String, @Nullable Object> json) implements Part {}
}
