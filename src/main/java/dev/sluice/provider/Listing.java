package dev.sluice.provider;

import dev.sluice.chat.Catalog;
import dev.sluice.chat.Model;
import java.util.List;

/**
 * What a provider answered to the request for its models.
 *
 * @param models empty unless the provider is {@code READY}, and perhaps then
 * @param detail what was seen, for an operator; holds nothing of what the provider sent
 * @param notFound whether it answered 404: it has no list, or its base URL is wrong
 */
record Listing(Catalog.State state, List<Model> models, String detail, boolean notFound) {
  Listing {
    models = List.copyOf(models);
  }

  static Listing of(Catalog.State state, String detail) {
    return new Listing(state, List.of(), detail, false);
  }
}
