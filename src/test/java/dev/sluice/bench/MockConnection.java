package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the mock upstream: one request after the other, each answered at the pace of
 * the settings.
 */
final class MockConnection implements MessageParser.Listener {
  /** Spreads the streams' ticks evenly over the pace, however many there are. */
  private static final double GOLDEN = 0.618_033_988_75;

  private final MockUpstream mock;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final MessageParser parser = new MessageParser(true, this);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String target = "";
  private MockSettings settings = MockSettings.DEFAULT;
  private @Nullable ByteBuffer pending;
  private boolean streaming;
  private boolean resumes;
  private int sent;
  private long due;

  MockConnection(MockUpstream mock, SocketChannel channel, SelectionKey key) {
    this.mock = mock;
    this.channel = channel;
    this.key = key;
  }

  void readable(ByteBuffer input, byte[] scratch) throws IOException {
    int count = channel.read(input.clear());
    if (count < 0) {
      close();
      return;
    }
    input.flip().get(scratch, 0, count);
    parser.feed(scratch, 0, count);
  }

  @Override
  public void head(String head) {
    target = head.substring(0, head.indexOf('\r'));
    body.reset();
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    body.write(bytes, from, to - from);
  }

  @Override
  public void end() {
    String asked = body.toString(StandardCharsets.UTF_8);
    if (target.startsWith("get /bench/settings?")) {
      mock.use(MockSettings.of(target.split(" ", 3)[1]));
      write(MockText.json(mock.settings().query()).getBytes(StandardCharsets.US_ASCII));
    } else if (target.contains("/models")) {
      write(MockText.json(MockText.MODELS).getBytes(StandardCharsets.US_ASCII));
    } else if (target.startsWith("get ")) {
      write(MockText.json(mock.counts().json()).getBytes(StandardCharsets.US_ASCII));
    } else if (asked.contains("\"stream\":true") || asked.contains("\"stream\": true")) {
      startStream();
    } else {
      mock.counts().answers++;
      write(MockText.plain());
    }
  }

  private void startStream() {
    settings = mock.settings();
    streaming = true;
    sent = 0;
    mock.counts().open++;
    var out = mock.output();
    MockText.putHead(out);
    write(out.flip());
    long period = settings.paceMicros() * 1000L;
    double phase = mock.counts().streams++ * GOLDEN % 1;
    due = System.nanoTime() - (long) (phase * period);
    speak();
  }

  /** Writes what is due: the next tokens, or the end. */
  void speak() {
    if (!streaming) {
      return;
    }
    if (pending != null) {
      resumes = true;
      return;
    }
    var out = mock.output();
    int until = Math.min(settings.tokens(), sent + settings.burst());
    while (sent < until) {
      MockText.putToken(out, sent++);
    }
    boolean last = sent == settings.tokens();
    if (last) {
      MockText.putEnd(out, sent);
      streaming = false;
      mock.counts().open--;
    }
    write(out.flip());
    if (!last) {
      continueLater();
    }
  }

  private void continueLater() {
    if (settings.paceMicros() == 0) {
      mock.speakSoon(this);
      return;
    }
    due += settings.paceMicros() * 1000L;
    mock.schedule(this, due);
  }

  void writable() throws IOException {
    ByteBuffer rest = pending;
    if (rest != null) {
      channel.write(rest);
      if (rest.hasRemaining()) {
        return;
      }
    }
    pending = null;
    key.interestOps(SelectionKey.OP_READ);
    if (resumes) {
      resumes = false;
      speak();
    }
  }

  private void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  private void write(ByteBuffer bytes) {
    ByteBuffer waiting = pending;
    try {
      if (waiting == null) {
        channel.write(bytes);
      }
      if (waiting != null || bytes.hasRemaining()) {
        keep(waiting, bytes);
      }
    } catch (IOException e) {
      close();
    }
  }

  private void keep(@Nullable ByteBuffer before, ByteBuffer bytes) {
    int held = before == null ? 0 : before.remaining();
    var joined = ByteBuffer.allocate(held + bytes.remaining());
    if (before != null) {
      joined.put(before);
    }
    pending = joined.put(bytes).flip();
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  void close() {
    if (streaming) {
      streaming = false;
      mock.counts().open--;
      mock.counts().left++;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
