package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upstream.OpenAiScripts;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
  private static final int MIB = 1 << 20;
  private static final int READERS = 200;
  private static final int HEAP_PER_READER = 512 * 1024;

  private static final String EVENT = "data: " + OpenAiScripts.content("x".repeat(1_000)) + "\n\n";

  /** An upstream that says as much as anybody takes. */
  private static void flood(Reply reply) {
    reply.sse().endlessly(Duration.ZERO, n -> EVENT);
  }

  /** A client that asks, and never reads. */
  private static RawClient ask(OneUpstream relay) throws IOException {
    return RawClient.connectWithSmallBuffer(relay.port()).post(Asking.STREAM, Asking.question("m"));
  }

  @Test
  void anUpstreamIsReadNoFasterThanItsReader() throws Exception {
    try (var relay = OneUpstream.start("")) {
      relay.upstream().answer(SlowReaderTest::flood);
      try (var slow = ask(relay)) {
        int flood = relay.takeConnection();
        long stopped = relay.upstream().awaitBackPressure(flood, Duration.ofMillis(700));
        assertThat(stopped).isLessThan(8 * MIB);

        relay.upstream().answerNext(OpenAiScripts.stream(500));
        var other = Asking.post(relay.port(), Asking.STREAM, Asking.question("m"));
        assertThat(other.body()).contains("t499 ").contains("\"type\":\"done\"");
        assertThat(relay.upstream().bytesWritten(flood)).isEqualTo(stopped);

        slow.readHead();
        slow.body().readNBytes((int) stopped + MIB);
        assertThat(relay.upstream().bytesWritten(flood)).isGreaterThan(stopped);
      }
    }
  }

  @Test
  void manyThatDoNotReadCostLittle() throws Exception {
    try (var relay = OneUpstream.start("")) {
      relay.upstream().answer(SlowReaderTest::flood);
      long before = usedHeap();
      List<RawClient> readers = new ArrayList<>();
      try {
        for (int reader = 0; reader < READERS; reader++) {
          readers.add(ask(relay));
        }
        for (int reader = 0; reader < READERS; reader++) {
          int connection = relay.takeConnection();
          relay.upstream().awaitBackPressure(connection, Duration.ofMillis(20));
        }
        assertThat(usedHeap() - before).isLessThan((long) READERS * HEAP_PER_READER);
      } finally {
        for (RawClient reader : readers) {
          reader.reset();
        }
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void whoDoesNotReadForTooLongIsCutOff() throws Exception {
    try (var relay = OneUpstream.start("slow_client: 1s")) {
      relay.upstream().answer(SlowReaderTest::flood);
      try (var slow = ask(relay)) {
        relay.upstream().awaitClosed(relay.takeConnection());
        assertThat(slow.readHead().status()).isEqualTo(200);
        assertThat(slow.readBody().complete()).isFalse();
      }
    }
  }

  @Test
  void whoReadsSlowlyButReadsIsNotCutOff() throws Exception {
    try (var relay = OneUpstream.start("slow_client: 1s")) {
      relay.upstream().answer(SlowReaderTest::manyMebibytes);
      try (var slow = ask(relay)) {
        slow.readHead();
        var body = slow.body();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) {
          assertThat(body.readNBytes(16 * 1024)).hasSize(16 * 1024);
          Thread.sleep(20);
        }
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .contains("\"type\":\"done\"");
      }
    }
  }

  private static void manyMebibytes(Reply reply) {
    reply.sse();
    for (int n = 0; n < 6_000; n++) {
      reply.chunk(EVENT);
    }
    reply.event(OpenAiScripts.finish("stop")).event(OpenAiScripts.DONE).end();
  }
}
