package dev.sluice.provider.demo;

import dev.sluice.chat.Catalog;
import dev.sluice.chat.Model;
import dev.sluice.config.DemoConfig;
import dev.sluice.config.DemoConfig.DemoFault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the demo model behaves in one answer. The model's name says it: {@code demo} is as
 * configured, {@code demo-slow} and the others depart from that, and any setting may follow, such
 * as {@code demo?tokens_per_second=20&tokens=100&first_token_ms=0&jitter=0&fault=cut}.
 *
 * @param tokensPerSecond 0 means as fast as it is read
 * @param tokens how many to say; 0 means the whole text once
 * @param counts whether it says numbers, {@code 0 1 2 ...}, in the place of the text, so that a
 *     reader can see that none is missing
 */
public record DemoModel(
    String name,
    Duration firstToken,
    double tokensPerSecond,
    double jitter,
    int tokens,
    boolean counts,
    DemoFault fault) {

  /** The provider's name. */
  public static final String PROVIDER = "demo";

  private static final List<Model> MODELS =
      List.of(
          new Model("demo", "Demo (built in, no AI)", true),
          new Model("demo-fast", "Demo fast", true),
          new Model("demo-slow", "Demo slow", true),
          new Model("demo-cut", "Demo cut", true),
          new Model("demo-stall", "Demo stall", true),
          new Model("demo-refuse", "Demo refuse", true),
          new Model("demo-rate-limit", "Demo rate limit", true),
          new Model("demo-garbage", "Demo garbage", true),
          new Model("demo-count", "Demo count (for load tests)", true));

  /** The demo provider as others see it. */
  public static Catalog.Provider catalogEntry() {
    return new Catalog.Provider(PROVIDER, Catalog.State.READY, MODELS, false, null);
  }

  /**
   * The behaviour that {@code name} asks for.
   *
   * @throws IllegalArgumentException if it asks for none; the message is a sentence for the caller
   */
  static DemoModel named(String name, DemoConfig config) {
    int question = name.indexOf('?');
    String base = question < 0 ? name : name.substring(0, question);
    DemoModel model = preset(base, config);
    if (question >= 0) {
      for (String setting : name.substring(question + 1).split("&", -1)) {
        model = model.with(setting);
      }
    }
    return model;
  }

  private static DemoModel preset(String name, DemoConfig config) {
    DemoModel demo =
        new DemoModel(
            name,
            config.firstToken(),
            config.tokensPerSecond(),
            config.jitter(),
            config.tokens(),
            false,
            config.fault());
    return switch (name) {
      case "demo" -> demo;
      case "demo-fast" -> demo.paced(Duration.ZERO, 0);
      case "demo-slow" -> demo.paced(Duration.ofSeconds(4), 5);
      case "demo-cut" -> demo.failing(DemoFault.CUT);
      case "demo-stall" -> demo.failing(DemoFault.STALL);
      case "demo-refuse" -> demo.failing(DemoFault.REFUSE);
      case "demo-rate-limit" -> demo.failing(DemoFault.RATE_LIMIT);
      case "demo-garbage" -> demo.failing(DemoFault.GARBAGE);
      case "demo-count" -> demo.counting();
      default -> throw new IllegalArgumentException("There is no such demo model.");
    };
  }

  private DemoModel with(String setting) {
    String[] pair = setting.split("=", 2);
    String value = pair.length == 2 ? pair[1] : "";
    try {
      return switch (pair[0]) {
        case "first_token_ms" ->
            paced(Duration.ofMillis((long) number(value, 600_000)), tokensPerSecond);
        case "tokens_per_second" -> paced(firstToken, number(value, 1_000_000));
        case "jitter" -> jittered(number(value, 1));
        case "tokens" -> limited((int) number(value, 10_000_000));
        case "fault" -> failing(DemoFault.valueOf(value.toUpperCase(Locale.ROOT)));
        default -> throw new IllegalArgumentException();
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A demo model takes first_token_ms, tokens_per_second, jitter, tokens and fault.", e);
    }
  }

  private static double number(String text, double most) {
    double number = Double.parseDouble(text);
    if (!(number >= 0 && number <= most)) {
      throw new IllegalArgumentException();
    }
    return number;
  }

  private DemoModel paced(Duration first, double rate) {
    return new DemoModel(name, first, rate, jitter, tokens, counts, fault);
  }

  private DemoModel jittered(double amount) {
    return new DemoModel(name, firstToken, tokensPerSecond, amount, tokens, counts, fault);
  }

  private DemoModel limited(int most) {
    return new DemoModel(name, firstToken, tokensPerSecond, jitter, most, counts, fault);
  }

  private DemoModel failing(DemoFault how) {
    return new DemoModel(name, firstToken, tokensPerSecond, jitter, tokens, counts, how);
  }

  private DemoModel counting() {
    return new DemoModel(name, firstToken, tokensPerSecond, jitter, tokens, true, fault);
  }
}
