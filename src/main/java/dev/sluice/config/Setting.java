package dev.sluice.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting on its way to a type. Each reading method gives nothing if nothing is written, and
 * also if what is written is wrong: then the problem is noted and the reading goes on, so that all
 * problems come to light at once.
 */
final class Setting {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");

  /** What a browser sends (RFC 6454, section 6.2), or any. */
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|https?://[a-z0-9.\\-\\[\\]:]+(?::[0-9]{1,5})?");

  private static final Pattern HOST =
      Pattern.compile("\\*|(?:\\*\\.)?[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\\[[0-9a-f:.]+\\]");

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final String path;
  private final Value value;
  private final Source source;

  Setting(String path, Value value, Source source) {
    this.path = path;
    this.value = value;
    this.source = source;
  }

  /** This setting if it is written, else what the environment variable says. */
  Setting or(@Nullable String variable) {
    return isWritten() || variable == null ? this : source.variable(variable).orElse(this);
  }

  boolean isWritten() {
    return !(value instanceof Value.Blank);
  }

  void refuse(String message) {
    source.refuse(path, value.line(), message);
  }

  Optional<String> text() {
    return read("a text", Optional::of);
  }

  Optional<Integer> integer(int least, int most) {
    return whole(least, most).map(Math::toIntExact);
  }

  Optional<Long> whole(long least, long most) {
    return read(
        "a whole number from " + least + " to " + most,
        text -> Quantities.integer(text).filter(n -> n >= least && n <= most));
  }

  Optional<Double> number(double least, double most) {
    return read(
        "a number from " + Quantities.written(least) + " to " + Quantities.written(most),
        text -> Quantities.number(text).filter(n -> n >= least && n <= most));
  }

  /** A number of bytes. */
  Optional<Integer> bytes(int least, int most) {
    return size(least, most).map(Math::toIntExact);
  }

  /** A number of bytes that may be more than two billion. */
  Optional<Long> size(long least, long most) {
    return read(
        "a size such as 1MiB, from " + least + " to " + most + " bytes",
        text -> Quantities.bytes(text).filter(n -> n >= least && n <= most));
  }

  Optional<Boolean> flag() {
    return read(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** A time that passes. */
  Optional<Duration> duration() {
    return duration(Duration.ofMillis(1));
  }

  Optional<Duration> duration(Duration least) {
    return duration(least, LONGEST);
  }

  Optional<Duration> duration(Duration least, Duration most) {
    Optional<Duration> duration = read("a duration such as 30s", Quantities::duration);
    if (duration.isEmpty()) {
      return duration;
    }
    boolean fits = duration.get().compareTo(least) >= 0 && duration.get().compareTo(most) <= 0;
    if (!fits) {
      refuse("must be from " + Quantities.written(least) + " to " + Quantities.written(most));
    }
    return duration.filter(any -> fits);
  }

  <E extends Enum<E>> Optional<E> choice(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    Stream.of(type.getEnumConstants()).forEach(e -> words.put(plain(e.name()), e));
    return choice(words);
  }

  /** What one of some words, in order, stands for; upper and lower case, - and _ are the same. */
  <T> Optional<T> choice(Map<String, T> words) {
    Optional<String> word = text();
    Optional<T> meant =
        word.flatMap(
            text ->
                words.entrySet().stream()
                    .filter(entry -> plain(entry.getKey()).equals(plain(text)))
                    .map(Map.Entry::getValue)
                    .findFirst());
    if (word.isPresent() && meant.isEmpty()) {
      String known = String.join(", ", words.keySet());
      String advice =
          Nearest.to(word.get(), words.keySet()).map(n -> "; did you mean " + n + "?").orElse("");
      refuse("must be one of " + known + advice);
    }
    return meant;
  }

  /** A key: what may stand in a header, without a blank. White space around it does not count. */
  Optional<Secret> key() {
    return secret("a key of visible ASCII characters", VISIBLE);
  }

  /** The value of a header. */
  Optional<Secret> header() {
    return secret("a text of printable ASCII characters", PRINTABLE);
  }

  private Optional<Secret> secret(String expected, Pattern pattern) {
    return read(
        expected,
        text ->
            Optional.of(text.strip()).filter(s -> pattern.matcher(s).matches()).map(Secret::new));
  }

  /** The base URL of an upstream, without a slash at its end. */
  Optional<String> url() {
    Optional<String> url = text();
    Optional<String> objection = url.flatMap(UpstreamUrl::objection);
    objection.ifPresent(this::refuse);
    return objection.isPresent() ? Optional.empty() : url.map(UpstreamUrl::withoutSlash);
  }

  /** The path of a file that is there and can be read. */
  Optional<String> file() {
    return read("a file that can be read", text -> Optional.of(text).filter(Setting::isReadable));
  }

  /** The path of a file that is there already, or can be made. */
  Optional<String> newFile() {
    return read(
        "in a folder that can be written", text -> Optional.of(text).filter(Setting::isWritable));
  }

  private static boolean isWritable(String path) {
    try {
      Path folder = Path.of(path).toAbsolutePath().getParent();
      return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isReadable(String path) {
    try {
      return Files.isRegularFile(Path.of(path)) && Files.isReadable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The SHA-256 of something, in lower case. */
  Optional<String> sha256() {
    return read(
        "a SHA-256, which is 64 hexadecimal digits",
        text ->
            Optional.of(text.toLowerCase(Locale.ROOT)).filter(s -> SHA_256.matcher(s).matches()));
  }

  Optional<List<String>> texts() {
    return each(Setting::text);
  }

  /** Origins of web pages, in a list or, as the environment has them, between commas. */
  Optional<List<String>> origins() {
    Optional<List<String>> origins =
        value instanceof Value.Text
            ? text().map(commas -> List.of(commas.strip().split("\\s*,\\s*", -1)))
            : texts();
    if (origins.isPresent() && !origins.get().stream().allMatch(o -> ORIGIN.matcher(o).matches())) {
      refuse("must be origins such as https://chat.example, or *");
      return Optional.empty();
    }
    return origins;
  }

  /** Host names without a port, each of which may begin with {@code *.}, or any. */
  Optional<List<String>> hosts() {
    return each(
        item ->
            item.read(
                "a host name without a port such as chat.example or *.example, or *",
                text ->
                    Optional.of(text.toLowerCase(Locale.ROOT))
                        .filter(host -> HOST.matcher(host).matches())));
  }

  Optional<List<Cidr>> cidrs() {
    return each(
        item ->
            item.read(
                "a range of addresses such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7,"
                    + " with nothing set behind its first bits",
                Cidr::parse));
  }

  private <T> Optional<List<T>> each(Function<Setting, Optional<T>> reader) {
    if (value instanceof Value.Items list) {
      return Optional.of(each(list.items(), reader));
    }
    if (isWritten()) {
      refuse("must be a list, not " + value.noun());
    }
    return Optional.empty();
  }

  private <T> List<T> each(List<Value> items, Function<Setting, Optional<T>> reader) {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Setting item = source.setting(path + "[" + i + "]", items.get(i));
      if (items.get(i) instanceof Value.Blank) {
        item.refuse("must be a text, not nothing");
      }
      reader.apply(item).ifPresent(all::add);
    }
    return all;
  }

  /** This setting, which has to be written. */
  Setting required() {
    if (!isWritten() && !source.hasRefused(path)) {
      refuse("must be given");
    }
    return this;
  }

  private <T> Optional<T> read(String expected, Function<String, Optional<T>> parse) {
    if (!isWritten()) {
      return Optional.empty();
    }
    if (!(value instanceof Value.Text written)) {
      refuse("must be " + expected + ", not " + value.noun());
      return Optional.empty();
    }
    Optional<T> result = parse.apply(written.text());
    if (result.isEmpty()) {
      refuse("must be " + expected);
    }
    return result;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
