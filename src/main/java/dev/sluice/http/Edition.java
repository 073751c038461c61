package dev.sluice.http;

import dev.sluice.config.ChatConfig;
import dev.sluice.config.Config;
import dev.sluice.config.TokensConfig;
import dev.sluice.http.token.Tokens;
import dev.sluice.telemetry.ChatMeters;
import dev.sluice.wire.page.PageLimits;
import dev.sluice.wire.page.PageRequestReader;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP server makes of the settings that may change while it serves: one edition holds
 * until the next.
 */
final class Edition {
  private final Config config;
  private final ChatMeters meters;
  private final @Nullable Tokens tokens;
  private final Authenticator authenticator;
  private final Admissions admissions;
  private final PageRequestReader reader;

  private Edition(Vertx vertx, Config config, @Nullable Tokens tokens, ChatMeters meters) {
    this.meters = meters;
    this.config = config;
    this.tokens = tokens;
    this.authenticator = new Authenticator(config, tokens, SharedWrongKeys.of(vertx), meters);
    this.admissions = new Admissions(vertx, config, authenticator, meters);
    this.reader =
        new PageRequestReader(
            new PageLimits(
                chat().messageChars(), chat().historyMessages(), chat().historyMessageChars()));
  }

  static Edition first(Vertx vertx, Config config, ChatMeters meters) {
    TokensConfig tokens = config.keys().tokens();
    return new Edition(vertx, config, tokens == null ? null : new Tokens(vertx, tokens), meters);
  }

  /** The edition for other settings; what this one holds open is handed on or closed. */
  Edition next(Vertx vertx, Config latest) {
    TokensConfig wanted = latest.keys().tokens();
    if (wanted != null && wanted.equals(config.keys().tokens())) {
      return new Edition(vertx, latest, tokens, meters);
    }
    close();
    return first(vertx, latest, meters);
  }

  void close() {
    if (tokens != null) {
      tokens.close();
    }
  }

  ChatConfig chat() {
    return config.chat();
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Admissions admissions() {
    return admissions;
  }

  /** How many tokens a model takes, if that is known. */
  Optional<Integer> context(ModelDirectory.Target target) {
    return config
        .provider(target.provider())
        .map(provider -> provider.contexts().get(target.model()));
  }

  PageRequestReader reader() {
    return reader;
  }
}
