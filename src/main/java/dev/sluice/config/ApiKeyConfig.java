package dev.sluice.config;

import java.util.List;

/**
 * A key that the gateway gave to somebody, of which it keeps the hash only.
 *
 * @param name what logs call its holder
 * @param hash the SHA-256 of the key's ASCII characters, 64 hexadecimal digits in lower case. A
 *     fast hash is right: a key is 256 random bits, which nobody finds by trying
 * @param models the models that its holder may ask; empty for all
 * @param limits how many chats its holder may start
 * @param logContent whether the questions of its holder and their answers are logged
 */
public record ApiKeyConfig(
    String name, String hash, List<String> models, Rates limits, boolean logContent) {

  public ApiKeyConfig {
    models = List.copyOf(models);
  }

  /** What the set of its limits is called. */
  public String limitSet() {
    return "key." + name;
  }

  /** Whether its holder may ask that model. */
  public boolean allows(String model) {
    return models.isEmpty() || models.contains(model);
  }
}
