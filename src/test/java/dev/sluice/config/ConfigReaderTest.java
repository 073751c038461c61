package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

  @Test
  void withoutFileAndEnvironmentAllIsAsDocumented() {
    Config config = Config.defaults();
    assertThat(config.http()).isEqualTo(HttpConfig.DEFAULT);
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.chat()).isEqualTo(ChatConfig.DEFAULT);
    assertThat(config.demo().enabled()).isTrue();
    assertThat(config.limits())
        .isEqualTo(new LimitsConfig(new Rates(10, 100, 500), false, Map.of(), RedisConfig.NONE));
    assertThat(config.log()).isEqualTo(LogConfig.DEFAULT);
  }

  @Test
  void everySettingArrives() {
    Config config =
        Yamls.read(
            """
            http:
              host: 0.0.0.0
              port: 0
              hosts: [Chat.example, "*.b.example"]
              max_body: 512KiB
              body_memory: 2MiB
              body_deadline: 1s
              connections: 7
              connections_per_address: 5
              idle_timeout: 10m
              drain: 0s
              hold_status: 250ms
              heartbeat: 5s
              slow_client: 1h
              instances: 3
              trusted_proxies: [10.0.0.0/8, "::1"]
              forwarded_header: Forwarded
              secret_key: s
              offline: false
              force_https: true
              cors_origins: [https://a.example]
            chat:
              message_chars: 1
              history_messages: 0
              history_message_chars: 2
              default_provider: claude
              default_model: m
              max_tokens: 3
              temperature: 0.5
              system_prompt: |
                Be brief.
            demo: {enabled: false, first_token: 0s, tokens_per_second: 0.5, jitter: 1, tokens: 7, fault: rate-limit}
            local_servers: {discover: false, interval: 1s}
            limits:
              per_minute: 1
              per_hour: 2
              per_day: 3
              streams: 4
              tokens_per_minute: 5
              tokens_per_day: 6
              dollars_per_day: 7.5
              models: {m: {streams: 1}}
              shadow: true
              redis: {url: 'rediss://u:p@r', deadline: 20ms, gateways: 3, when_away: closed}
            log: {level: Warning, format: JSON, file: a.log, file_size: 1KiB, files: 2}
            metrics: {enabled: true, gen_ai_names: Latest}
            traces: {endpoint: 'http://c:4318/', headers: {A: b}, service: s, sample: 0.5, upstream: true}
            management: {host: '::1', port: 0}
            """);
    assertThat(config.http())
        .isEqualTo(
            new HttpConfig(
                "0.0.0.0",
                0,
                List.of("chat.example", "*.b.example"),
                512 * 1024,
                2 << 20,
                Duration.ofSeconds(1),
                7,
                5,
                Duration.ofMinutes(10),
                Duration.ZERO,
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                3,
                null,
                List.of(
                    new Cidr(new IpAddress(0, 0xffff_0a00_0000L), 104),
                    new Cidr(new IpAddress(0, 1), 128)),
                ForwardedHeader.FORWARDED,
                new Secret("s"),
                false,
                true,
                List.of("https://a.example")));
    assertThat(config.chat())
        .isEqualTo(new ChatConfig(1, 0, 2, "anthropic", "m", 3, 0.5, "Be brief.\n"));
    assertThat(config.demo())
        .isEqualTo(
            new DemoConfig(false, Duration.ZERO, 0.5, 1, 7, DemoConfig.DemoFault.RATE_LIMIT));
    assertThat(config.localServers())
        .isEqualTo(new LocalServersConfig(false, Duration.ofSeconds(1)));
    assertThat(config.limits())
        .isEqualTo(
            new LimitsConfig(
                new Rates(1, 2, 3, 4, 5, 6, 7_500_000),
                true,
                Map.of("model.m", new Rates(1, 2, 3, 1, 5, 6, 7_500_000)),
                new RedisConfig(
                    new Secret("rediss://u:p@r"),
                    null,
                    Duration.ofMillis(20),
                    3,
                    RedisConfig.WhenAway.CLOSED)));
    assertThat(config.log())
        .isEqualTo(new LogConfig("WARN", LogConfig.Format.JSON, "a.log", 1024, 2));
    assertThat(config.metrics())
        .isEqualTo(new MetricsConfig(true, MetricsConfig.GenAiNames.LATEST));
    assertThat(config.traces())
        .isEqualTo(new TracesConfig("http://c:4318", Map.of("a", new Secret("b")), "s", 0.5, true));
    assertThat(config.management()).isEqualTo(new ManagementConfig("::1", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.host | [a] | must be a text, not a list",
        "http.host | {a: b} | must be a text, not a section",
        "http.port | 65536 | must be a whole number from 0 to 65535",
        "http.port | -1 | must be a whole number from 0 to 65535",
        "http.port | 8e3 | must be a whole number from 0 to 65535",
        "http.port | true | must be a whole number from 0 to 65535",
        "http.port | 99999999999999999999 | must be a whole number from 0 to 65535",
        "http.max_body | 1MB | must be a size such as 1MiB, from 1024 to 268435456 bytes",
        "http.body_memory | 1MiB | must be at least four times max_body, which is 1048576 bytes",
        "http.connections | -1 | must be a whole number from 0 to 10000000",
        "http.max_body | 0 | must be a size such as 1MiB, from 1024 to 268435456 bytes",
        "http.max_body | 2GiB | must be a size such as 1MiB, from 1024 to 268435456 bytes",
        "http.drain | 30 | must be a duration such as 30s",
        "http.drain | -1s | must be a duration such as 30s",
        "http.drain | [] | must be a duration such as 30s, not a list",
        "http.body_deadline | 0s | must be from 1ms to 24h",
        "http.slow_client | 25h | must be from 1ms to 24h",
        "http.heartbeat | 0ms | must be from 1ms to 24h",
        "http.idle_timeout | 10s | must be longer than heartbeat, which is 10s",
        "http.trusted_proxies | 10.0.0.0/8 | must be a list, not a text",
        "http.forwarded_header | via | must be one of x_forwarded_for, forwarded",
        "keys.required | true | lets nobody in, since clients is empty",
        "keys.clients | [] | must be a section of settings, not a list",
        "http.cors_origins | [a.example] | must be origins such as https://chat.example, or *",
        "http.tls | yes | must be a section of settings, not a text",
        "chat | [] | must be a section of settings, not a list",
        "chat.message_chars | 0 | must be a whole number from 1 to 10000000",
        "chat.temperature | 2.1 | must be a number from 0 to 2",
        "chat.temperature | NaN | must be a number from 0 to 2",
        "chat.temperature | 1d | must be a number from 0 to 2",
        "chat.default_provider | opnai | must be one of the providers: openai, anthropic, gemini, demo",
        "demo.enabled | yes | must be true or false",
        "demo.enabled | {} | must be true or false, not a section",
        "demo.tokens_per_second | 0 | must be a number from 0.01 to 1000000",
        "demo.jitter | 1.5 | must be a number from 0 to 1",
        "demo.fault | stal | must be one of none, refuse, rate_limit, cut, stall, garbage; did you mean stall?",
        "limits.per_minute | 0 | must be a whole number from 1 to 10000000",
        "limits.redis.url | http://r | must begin with redis:// or rediss://, or with one of them and +sentinel or +cluster before the colon; and after that say who is where",
        "limits.redis.deadline | 2s | must be from 5ms to 500ms",
        "limits.redis.when_away | opne | must be one of local, closed, open; did you mean open?",
        "log.level | loud | must be one of trace, debug, info, warn, warning, error, critical",
        "providers | [] | must be a section of settings, not a list",
        "providers.openai.base_url | ftp://x | must begin with https:// or http://",
        "providers.openai.api_key | a b | must be a key of visible ASCII characters",
        "providers.openai.api_key | sk-... | is an example's text, not a key; leave it empty to go without",
        "providers.openai.auth | basic | must be one of bearer, x_api_key, api_key, none",
        "providers.openai.models | gpt-6-sol | must be a list, not a text",
        "providers.openai.ca_certificate | /nowhere/ca.pem | must be a file that can be read",
        "providers.openai.timeouts | 30s | must be a section of settings, not a text",
        "providers.openai.timeouts.total | [30s] | must be a duration such as 30s, not a list",
        "providers.openai.timeouts.silence | 11m | must not be longer than total, which is 10m",
        "providers.openai.timeouts.first_token | 1h | must not be longer than total, which is 10m",
        "providers.openai.timeouts.connect | 601s | must not be longer than total, which is 10m",
        "providers.openai.pool.connections | 0 | must be a whole number from 1 to 65535",
        "providers.openai.dialect.max_tokens | many | must be a whole number from 1 to 10000000",
        "providers.openai.dialect.rename | [] | must be a section of settings, not a list",
        "providers.openai.dialect.rename.a | ~ | must be given",
        "providers.openai.headers.host | x | is a header that the gateway sets itself",
        "providers.openai.headers.x-a | \"a\\nb\" | must be a text of printable ASCII characters",
        "providers.anthropic.base_url | https://api.anthropic.com/v1/ | must end before /v1, which is added to it",
        "providers.azure.base_url | ~ | must be given",
      })
  void whatIsImpossibleIsRefusedByItsPath(String path, String value, String message) {
    assertThat(Yamls.problems(Yamls.nested(path, value), Map.of()))
        .extracting(Problem::path, Problem::message)
        .containsExactly(tuple(path, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.tls.key | http.tls.key | /nowhere/key.pem | must be a file that can be read",
        "providers.claude | providers.claude.api_key | k | is another name of anthropic; use that one here",
        "providers.demo | providers.demo.kind | openai | is the name of the built-in model; its settings are under demo",
        "providers.Mine | providers.Mine.kind | openai | has a name that is not made of a-z, 0-9, - and _, or is longer than 64",
        "providers.mine.kind | providers.mine.models | [] | must be given, since mine is not itself a kind",
        "http.trusted_proxies[1] | http.trusted_proxies | [10.0.0.0/8, 10.0.0.1/8] | must be a range of addresses such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7, with nothing set behind its first bits",
        "http.trusted_proxies[0] | http.trusted_proxies | [proxy.example] | must be a range of addresses such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7, with nothing set behind its first bits",
        "http.trusted_proxies[0] | http.trusted_proxies | [~] | must be a text, not nothing",
        "providers.openai.models[1] | providers.openai.models | [a, ~] | must be a text, not nothing",
        "providers.openai.models[1] | providers.openai.models | [a, [b]] | must be a text, not a list",
      })
  void theBlameLiesWhereTheFaultIs(String blamed, String path, String value, String message) {
    assertThat(Yamls.problems(Yamls.nested(path, value), Map.of()))
        .extracting(Problem::path, Problem::message)
        .contains(tuple(blamed, message));
  }

  @Test
  void oneFaultIsOneProblem() {
    assertThat(Yamls.problems("providers: {x: {kind: opnai, base_uri: 1}}", Map.of()))
        .extracting(Problem::path)
        .containsExactly("providers.x.kind", "providers.x.base_uri");
    assertThat(Yamls.problems("providers: {azure: {base_url: \"${U}\"}}", Map.of()))
        .extracting(Problem::message)
        .containsExactly("needs the environment variable U, which is not set");
  }

  @Test
  void allProblemsComeToLightAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        limits:
          per_hour: none
        http:
          prot: 80
          drain: long
        chat: text
        """;
    assertThatThrownBy(() -> Yamls.read(yaml, Map.of("TEMPERATURE", "warm")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "test.yaml cannot be used:",
                "  TEMPERATURE: must be a number from 0 to 2",
                "  limits.per_hour (line 2): must be a whole number from 1 to 10000000",
                "  http.prot (line 4): is not a setting; did you mean port?",
                "  http.drain (line 5): must be a duration such as 30s",
                "  chat (line 6): must be a section of settings, not a text"));
  }

  @Test
  void aDefaultMustBeAmongTheModelsThatAreListed() {
    String yaml =
        """
        chat: {default_provider: claude, default_model: b}
        providers: {anthropic: {models: [a], default_model: c}}
        """;
    assertThat(Yamls.problems(yaml, Map.of()))
        .extracting(Problem::path)
        .containsExactly("chat.default_model", "providers.anthropic.default_model");
  }

  @Test
  void tlsNeedsBothFilesOrNone(@TempDir Path directory) throws Exception {
    Path pem = Files.writeString(directory.resolve("a.pem"), "-");
    String one = "http: {tls: {certificate: '" + pem + "'}}";
    assertThat(Yamls.problems(one, Map.of()))
        .extracting(Problem::path, Problem::message)
        .containsExactly(tuple("http.tls.key", "must be given"));
  }

  @Test
  void aSectionOfCommentsOnlyIsEmpty() {
    assertThat(Yamls.read("http:\n  # port: 1\nproviders: ~\n")).isEqualTo(Config.defaults());
  }

  @Test
  void yamlGuessesNoTypes() {
    Config config = Yamls.read("providers: {openai: {models: [4.10, no, 010, 2026-11-22, 1:30]}}");
    assertThat(config.providers().get("openai").models())
        .containsExactly("4.10", "no", "010", "2026-11-22", "1:30");
  }
}
