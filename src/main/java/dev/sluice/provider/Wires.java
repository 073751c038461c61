package dev.sluice.provider;

import dev.sluice.config.DialectConfig;
import dev.sluice.config.ProviderKind;
import dev.sluice.wire.Dialect;
import dev.sluice.wire.UpstreamWire;
import dev.sluice.wire.anthropic.AnthropicWire;
import dev.sluice.wire.openai.OpenAiWire;

/** The wires that upstreams speak. A new one is one line here. */
final class Wires {
  private Wires() {}

  static UpstreamWire of(ProviderKind kind) {
    return switch (kind.wire()) {
      case OPENAI -> new OpenAiWire();
      case ANTHROPIC -> new AnthropicWire();
    };
  }

  static Dialect dialect(DialectConfig config) {
    return new Dialect(config.rename(), config.drop(), config.version(), config.maxTokens());
  }
}
