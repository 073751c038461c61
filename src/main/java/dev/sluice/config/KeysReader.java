package dev.sluice.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code keys}. */
final class KeysReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final Section keys;
  private final Rates usual;

  /**
   * @param usual the limits of a key that has none of its own
   */
  KeysReader(Section keys, Rates usual) {
    this.keys = keys;
    this.usual = usual;
  }

  KeysConfig read() {
    Section clients = keys.section("clients");
    Map<String, ApiKeyConfig> byHash = new LinkedHashMap<>();
    for (String name : clients.names()) {
      client(name, clients.section(name), byHash);
    }
    Setting required = keys.key("required");
    boolean isRequired = required.flag().orElse(KeysConfig.DEFAULT.required());
    TokensConfig tokens = TokensReader.read(keys.section("tokens"));
    if (isRequired && clients.names().isEmpty() && tokens == null) {
      required.refuse("lets nobody in, since clients is empty");
    }
    return new KeysConfig(isRequired, List.copyOf(byHash.values()), tokens);
  }

  private void client(String name, Section in, Map<String, ApiKeyConfig> byHash) {
    if (!NAME.matcher(name).matches()) {
      in.refuse("has a name that is not made of a-z, 0-9, - and _, or is longer than 64");
    }
    Setting written = in.key("hash");
    Optional<String> hash = written.required().sha256();
    ApiKeyConfig key =
        new ApiKeyConfig(
            name,
            hash.orElse(""),
            in.key("models").texts().orElse(List.of()),
            RatesReader.read(in.section("limits"), usual),
            in.key("log_content").flag().orElse(false));
    if (hash.isPresent() && byHash.putIfAbsent(key.hash(), key) != null) {
      written.refuse("is the hash of another client's key, too");
    }
  }
}
