package dev.sluice.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.chat.Denied;
import dev.sluice.chat.Permit;
import dev.sluice.config.LimitsConfig;
import dev.sluice.config.RedisConfig;
import dev.sluice.config.RedisConfig.WhenAway;
import dev.sluice.config.Secret;
import dev.sluice.upstream.FreePort;
import dev.sluice.upstream.TestCertificate;
import dev.sluice.upstream.TestCertificates;
import dev.sluice.upstream.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster, real sentinels, and a real Redis behind TLS, a password and a user. */
@Timeout(120)
class RedisTopologyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Without Redis no chat begins, so that whoever is admitted was counted there. */
  private static LimitsConfig limits(String url, String authority) {
    return Gate.limits(
        3, new RedisConfig(new Secret(url), authority, Duration.ofSeconds(10), 1, WhenAway.CLOSED));
  }

  private static void admitsThree(Gate gate, String client) throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(gate.take(client)).isInstanceOf(Permit.class);
    }
    assertThat(gate.take(client)).isInstanceOf(Denied.class);
  }

  @Test
  void aClusterCountsEachClientOnTheNodeThatHasItsSlot(@TempDir Path folder) throws Exception {
    List<RedisServer> nodes = new ArrayList<>();
    try {
      int[] bus = new int[3];
      for (int i = 0; i < 3; i++) {
        bus[i] = FreePort.find(); // the usual one, 10,000 above the port, may not exist
        Path home = Files.createDirectory(folder.resolve("node" + i));
        nodes.add(
            RedisServer.start(
                "--cluster-enabled",
                "yes",
                "--dir",
                home.toString(),
                "--cluster-port",
                "" + bus[i]));
      }
      int[] first = {0, 5461, 10923, 16384};
      for (int i = 0; i < 3; i++) {
        nodes.get(i).say("CLUSTER ADDSLOTSRANGE " + first[i] + " " + (first[i + 1] - 1));
        nodes.get(i).say("CLUSTER MEET 127.0.0.1 " + nodes.get(0).port() + " " + bus[0]);
      }
      for (RedisServer node : nodes) {
        Waiting.until("the cluster is up", PATIENCE, () -> node.says("CLUSTER INFO", "state:ok"));
      }
      String hosts = "127.0.0.1:" + nodes.get(0).port() + ",127.0.0.1:" + nodes.get(1).port();
      try (Gate gate = new Gate(limits("redis+cluster://" + hosts, null))) {
        gate.awaitRedis();
        for (int client = 0; client < 40; client++) {
          admitsThree(gate, "client" + client);
        }
      }
      for (RedisServer node : nodes) {
        assertThat(node.say("DBSIZE")).isNotEqualTo(":0");
      }
    } finally {
      nodes.forEach(RedisServer::close);
    }
  }

  @Test
  void sentinelsSayWhereTheMasterIs(@TempDir Path folder) throws Exception {
    try (RedisServer master = RedisServer.start()) {
      Path file = folder.resolve("sentinel.conf");
      Files.writeString(file, "sentinel monitor the-master 127.0.0.1 " + master.port() + " 1\n");
      try (RedisServer sentinel = RedisServer.startWith(file, "--sentinel")) {
        Waiting.until(
            "the sentinel knows its master",
            PATIENCE,
            () -> sentinel.says("SENTINEL get-master-addr-by-name the-master", "" + master.port()));
        String url = "redis+sentinel://127.0.0.1:" + sentinel.port() + "/the-master";
        try (Gate gate = new Gate(limits(url, null))) {
          gate.awaitRedis();
          admitsThree(gate, "a");
        }
      }
      assertThat(master.say("EXISTS sluice:log:2::a")).isEqualTo(":1");
    }
  }

  @Test
  void tlsAndAUserWithFewRightsAreEnough(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificates.localhost();
    int plain = FreePort.find();
    try (RedisServer server =
        RedisServer.start(
            "--tls-port",
            "" + plain,
            "--tls-cert-file",
            certificate.certificateFile().toString(),
            "--tls-key-file",
            certificate.keyFile().toString(),
            "--tls-auth-clients",
            "no")) {
      server.say(
          "ACL SETUSER counter on >hush resetkeys ~sluice:* -@all +eval +evalsha +get +set +del"
              + " +time +hello +auth +select +ping +client");
      String url = "rediss://counter:hush@localhost:" + plain;
      String authority = TestCertificates.authority().certificateFile().toString();
      try (Gate gate = new Gate(limits(url, authority))) {
        gate.awaitRedis();
        admitsThree(gate, "a");
      }
      try (Gate distrustful = new Gate(limits(url, null))) {
        distrustful.awaitDegraded();
      }
    }
  }
}
