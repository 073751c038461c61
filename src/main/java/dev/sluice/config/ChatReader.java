package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code chat}, whose defaults have to fit the providers that there are. */
final class ChatReader {
  private static final int MANY = 10_000_000;

  private final Section in;
  private final Map<String, ProviderConfig> providers;
  private final boolean demo;

  ChatReader(Section in, Map<String, ProviderConfig> providers, boolean demo) {
    this.in = in;
    this.providers = providers;
    this.demo = demo;
  }

  ChatConfig read() {
    ChatConfig usual = ChatConfig.DEFAULT;
    Optional<String> provider = defaultProvider(in.key("default_provider"));
    return new ChatConfig(
        in.key("message_chars").integer(1, MANY).orElse(usual.messageChars()),
        in.key("history_messages").integer(0, 10_000).orElse(usual.historyMessages()),
        in.key("history_message_chars").integer(1, MANY).orElse(usual.historyMessageChars()),
        provider.orElse(null),
        defaultModel(in.key("default_model").or("DEFAULT_MODEL"), provider).orElse(null),
        in.key("max_tokens").or("MAX_TOKENS").integer(1, MANY).orElse(null),
        in.key("temperature").or("TEMPERATURE").number(0, 2).orElse(null),
        in.key("system_prompt").text().orElse(null));
  }

  private Optional<String> defaultProvider(Setting written) {
    Optional<String> name = written.text().map(Config::resolved);
    if (name.isPresent() && !known().contains(name.get())) {
      written.refuse("must be one of the providers: " + String.join(", ", known()));
    }
    return name;
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(providers.keySet());
    if (demo) {
      known.add(Config.DEMO);
    }
    return known;
  }

  private Optional<String> defaultModel(Setting written, Optional<String> provider) {
    Optional<String> model = written.text();
    List<String> models =
        provider.map(providers::get).map(ProviderConfig::models).orElse(List.of());
    if (model.isPresent() && !models.isEmpty() && !models.contains(model.get())) {
      written.refuse("must be one of the models that are listed for the default provider");
    }
    return model;
  }
}
