package dev.sluice.config;

import dev.sluice.config.ProviderKind.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All kinds of providers: a vendor or server more is an entry more. */
public final class ProviderKinds {
  static final String ANTHROPIC = "anthropic";

  /** OpenAI calls the limit {@code max_completion_tokens}; most others know its former name. */
  private static final DialectConfig MAX_TOKENS =
      renaming(Map.of("max_completion_tokens", "max_tokens"));

  /** From this version on, sampling parameters are refused even at their default values. */
  private static final DialectConfig CLAUDE =
      new DialectConfig(
          Map.of(),
          Set.of("temperature", "top_p", "top_k"),
          "2026-10-21",
          DialectConfig.STANDARD.maxTokens());

  private static final DialectConfig GROQ =
      new DialectConfig(
          Map.of(),
          Set.of("logit_bias", "logprobs", "top_logprobs"),
          null,
          DialectConfig.STANDARD.maxTokens());

  /** Refuses every member that it does not know, so all of OpenAI's own are left out. */
  private static final DialectConfig MISTRAL =
      new DialectConfig(
          Map.of("max_completion_tokens", "max_tokens", "seed", "random_seed"),
          Set.of(
              "audio",
              "function_call",
              "functions",
              "logit_bias",
              "logprobs",
              "modalities",
              "moderation",
              "prompt_cache_options",
              "prompt_cache_retention",
              "safety_identifier",
              "store",
              "stream_options",
              "top_logprobs",
              "user",
              "verbosity",
              "web_search_options"),
          null,
          DialectConfig.STANDARD.maxTokens());

  /** The kinds that are configured even if nobody asks for them. */
  static final Set<String> ALWAYS = Set.of("openai", ANTHROPIC, "gemini");

  /** Every kind; the first three are always configured. */
  public static final List<ProviderKind> ALL =
      List.of(
          new ProviderKind(
              "openai",
              Wire.OPENAI,
              "https://api.openai.com/v1",
              Auth.BEARER,
              "OPENAI_API_KEY",
              "OPENAI_BASE_URL",
              true,
              "gpt-6-sol",
              DialectConfig.STANDARD,
              List.of()),
          new ProviderKind(
              ANTHROPIC,
              Wire.ANTHROPIC,
              "https://api.anthropic.com",
              Auth.X_API_KEY,
              "ANTHROPIC_API_KEY",
              "ANTHROPIC_BASE_URL",
              true,
              "claude-sonnet-5-5",
              CLAUDE,
              List.of()),
          new ProviderKind(
              "gemini",
              Wire.OPENAI,
              "https://generativelanguage.googleapis.com/v1beta/openai",
              Auth.BEARER,
              "GEMINI_API_KEY",
              "GEMINI_BASE_URL",
              true,
              "gemini-3.8-flash",
              DialectConfig.STANDARD,
              List.of()),
          vendor("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", GROQ),
          vendor("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", MISTRAL),
          vendor("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY", MAX_TOKENS),
          vendor("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", MAX_TOKENS),
          vendor("xai", "https://api.x.ai/v1", "XAI_API_KEY", DialectConfig.STANDARD),
          vendor("together", "https://api.together.xyz/v1", "TOGETHER_API_KEY", MAX_TOKENS),
          vendor(
              "fireworks",
              "https://api.fireworks.ai/inference/v1",
              "FIREWORKS_API_KEY",
              MAX_TOKENS),
          new ProviderKind(
              "azure",
              Wire.OPENAI,
              null,
              Auth.API_KEY,
              "AZURE_OPENAI_API_KEY",
              null,
              true,
              null,
              DialectConfig.STANDARD,
              List.of()),
          local("ollama", "http://127.0.0.1:11434/v1"),
          local("vllm", "http://127.0.0.1:8000/v1"),
          local("llamacpp", "http://127.0.0.1:8080/v1", "http://127.0.0.1:9931/v1"),
          local("lmstudio", "http://127.0.0.1:1234/v1"),
          keyless("openai-compatible", null, List.of()));

  private ProviderKinds() {}

  public static Optional<ProviderKind> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  private static DialectConfig renaming(Map<String, String> rename) {
    return new DialectConfig(rename, Set.of(), null, DialectConfig.STANDARD.maxTokens());
  }

  private static ProviderKind vendor(
      String name, String baseUrl, String keyVariable, DialectConfig dialect) {
    return new ProviderKind(
        name, Wire.OPENAI, baseUrl, Auth.BEARER, keyVariable, null, true, null, dialect, List.of());
  }

  private static ProviderKind local(String name, String... urls) {
    return keyless(name, urls[0], List.of(urls));
  }

  private static ProviderKind keyless(
      String name, @Nullable String baseUrl, List<String> localUrls) {
    return new ProviderKind(
        name, Wire.OPENAI, baseUrl, Auth.BEARER, null, null, false, null, MAX_TOKENS, localUrls);
  }
}
