package dev.sluice.http;

import dev.sluice.chat.Catalog;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /api/models}: {@code {<provider>: [{id, name, available, default?}]}}. Needs a key
 * where chats need one.
 */
final class ModelsHandler {
  private static final int OK = 200;

  private final ModelDirectory directory;
  private final Supplier<Edition> edition;

  ModelsHandler(ModelDirectory directory, Supplier<Edition> edition) {
    this.directory = directory;
    this.edition = edition;
  }

  void handle(Exchange exchange) {
    edition
        .get()
        .authenticator()
        .admitted(exchange)
        .onComplete(admitted -> answer(exchange), exchange::fail);
  }

  private void answer(Exchange exchange) {
    Optional<ModelDirectory.Target> usual = directory.usualTarget();
    Map<String, Object> json = new LinkedHashMap<>();
    for (Catalog.Provider provider : directory.catalog().providers()) {
      json.put(
          ModelDirectory.pageName(provider.name()),
          provider.models().stream()
              .map(
                  model -> {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("id", model.id());
                    entry.put("name", model.name());
                    entry.put("available", model.available());
                    edition
                        .get()
                        .context(new ModelDirectory.Target(provider.name(), model.id()))
                        .ifPresent(tokens -> entry.put("context", tokens));
                    if (usual.equals(
                        Optional.of(new ModelDirectory.Target(provider.name(), model.id())))) {
                      entry.put("default", true);
                    }
                    return entry;
                  })
              .toList());
    }
    exchange.json(OK, Json.write(json));
  }
}
