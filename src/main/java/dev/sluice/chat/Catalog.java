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
    /** It did when it was last looked at. */
    READY,
    /** Nobody has looked yet. */
    UNKNOWN,
    /** It did not when it was last looked at. */
    UNREACHABLE,
    /** It wants a key and there is none. */
    NO_KEY;

    /** Whether it is worth a question. */
    public boolean usable() {
      return this == READY || this == UNKNOWN;
    }
  }
}
