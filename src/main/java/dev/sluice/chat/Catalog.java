package dev.sluice.chat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who can be asked for what, as far as is known at one moment.
 *
 * @param providers in the order in which they are preferred
 */
public record Catalog(List<Provider> providers) {

  public Catalog {
    providers = List.copyOf(providers);
  }

  public Optional<Provider> provider(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /**
   * A provider.
   *
   * @param state whether it would answer
   * @param models what it offers; empty if that is not known
   * @param closed whether {@code models} is all that may be asked for
   * @param preferred the model to ask if none is named; null means the first of {@code models}
   */
  public record Provider(
      String name, State state, List<Model> models, boolean closed, @Nullable String preferred) {
    public Provider {
      models = List.copyOf(models);
    }

    /** The model to ask if none is named; empty if none is known. */
    public Optional<String> defaultModel() {
      return Optional.ofNullable(preferred).or(() -> models.stream().map(Model::id).findFirst());
    }
  }

  /** Whether a provider would answer. */
  public enum State {
    /** It did when it was last asked for its models, or for a chat. */
    READY,
    /** It was not asked yet. */
    UNKNOWN,
    /** It answers like an API but does not list its models, which says nothing about chats. */
    NO_LIST,
    /** It did not answer when it was last asked. */
    UNREACHABLE,
    /** It refuses its key. */
    UNAUTHORIZED,
    /** What answers at its base URL is not an API of models. */
    NOT_AN_API,
    /** It needs a key and has none. */
    NO_KEY;

    /** Whether chats may be sent to it without being asked for by name. */
    public boolean usable() {
      return this == READY || this == UNKNOWN || this == NO_LIST;
    }
  }
}
