package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Four processes, a thousand clients, 64 requests of each process in flight, and a real Redis. */
@Timeout(180)
class FleetTest {
  private static final int TRIES = 4;

  /** More than any bound admits, so that it could be broken. */
  private static final int MANY_TRIES = 12;

  /** One process, and what it says. */
  private record Member(Process process, BufferedReader said) {

    static Member start(RedisServer redis, int deadlineMillis, int tries) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(FleetMember.class.getName());
      command.addAll(List.of(redis.url(), "" + deadlineMillis, "" + tries));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new Member(process, process.inputReader(StandardCharsets.UTF_8));
    }

    String line(String pattern) throws IOException {
      StringBuilder all = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.matches(pattern)) {
          return line;
        }
        all.append(line).append(System.lineSeparator());
      }
      throw new AssertionError("ended without a line like " + pattern + ":\n" + all);
    }

    void go() throws IOException {
      OutputStream in = process.getOutputStream();
      in.write('\n');
      in.flush();
    }

    int[] admitted() throws IOException {
      return Pattern.compile("\\d+")
          .matcher(line("\\[.*]"))
          .results()
          .mapToInt(number -> Integer.parseInt(number.group()))
          .toArray();
    }
  }

  /** How often each client was admitted by all processes together. */
  private static int[] flood(RedisServer redis, int deadlineMillis, int tries, Runnable meanwhile)
      throws Exception {
    List<Member> fleet = new ArrayList<>();
    try {
      for (int i = 0; i < FleetMember.GATEWAYS; i++) {
        fleet.add(Member.start(redis, deadlineMillis, tries));
      }
      for (Member member : fleet) {
        member.line("ready");
      }
      for (Member member : fleet) {
        member.go();
      }
      meanwhile.run();
      int[] sum = new int[FleetMember.CLIENTS];
      for (Member member : fleet) {
        int[] admitted = member.admitted();
        for (int client = 0; client < sum.length; client++) {
          sum[client] += admitted[client];
        }
      }
      return sum;
    } finally {
      fleet.forEach(member -> member.process().destroyForcibly());
    }
  }

  @Test
  void everyClientIsAdmittedExactlyAsOftenAsItsLimitSays() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      assertThat(flood(redis, 10_000, TRIES, () -> {})).containsOnly(FleetMember.LIMIT);
    }
  }

  /**
   * Each process admits no more than the limit by its own count, so that all four together admit no
   * more than four times as much, whatever Redis forgets. How many it is at least depends on how
   * many calls were carried out although their answers were lost; nobody is left without any.
   */
  @Test
  void noRequestFailsWhileScriptsAreForgottenConnectionsAreCutAndRedisIsKilled() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      AtomicBoolean over = new AtomicBoolean();
      Thread vandal =
          new Thread(
              () -> {
                while (!over.get()) {
                  redis.trySaying("SCRIPT FLUSH");
                  redis.trySaying("CLIENT KILL TYPE normal");
                }
              });
      vandal.start();
      int[] admitted =
          flood(
              redis,
              50,
              MANY_TRIES,
              () -> {
                redis.kill();
                redis.begin();
              });
      over.set(true);
      vandal.join();
      int most = FleetMember.GATEWAYS * FleetMember.LIMIT;
      assertThat(Arrays.stream(admitted).boxed())
          .hasSize(FleetMember.CLIENTS)
          .allMatch(n -> n >= 1 && n <= most);
    }
  }
}
