package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MessageParserTest implements MessageParser.Listener {
  private final StringBuilder heard = new StringBuilder();

  @Override
  public void head(String head) {
    heard.append(head, 0, head.indexOf('\r')).append('|');
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    heard.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void end() {
    heard.append(";");
  }

  @Property
  void hearsTheSameWhereverTheBytesAreCut(@ForAll @IntRange(min = 1, max = 60) int piece) {
    String chunked =
        String.join(
                "\r\n", "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3;x=y", "abc", "c")
            + String.join("\r\n", "", "d", " efghijk0", "0", "t: x", "", "");
    String counted = String.join("\r\n", "HTTP/1.1 404 No", "content-length: 2", "", "no");
    String empty = String.join("\r\n", "HTTP/1.1 204 N", "content-length: 0", "", "");
    byte[] bytes = (chunked + counted + empty).getBytes(StandardCharsets.UTF_8);
    heard.setLength(0);
    var parser = new MessageParser(false, this);
    for (int from = 0; from < bytes.length; from += piece) {
      parser.feed(bytes, from, Math.min(bytes.length, from + piece));
    }
    assertThat(heard)
        .hasToString("http/1.1 200 ok|abcd\r\n efghijk0;http/1.1 404 no|no;http/1.1 204 n|;");
    assertThat(parser.endOfInput()).isTrue();
  }

  @Test
  void aBodyOfUnknownLengthEndsWithTheConnection() {
    var parser = new MessageParser(false, this);
    byte[] bytes = "HTTP/1.1 200 OK\r\n\r\nabc".getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    assertThat(parser.endOfInput()).isTrue();
    assertThat(heard).hasToString("http/1.1 200 ok|abc;");
  }

  @Test
  void tellsACutMessage() {
    var parser = new MessageParser(false, this);
    byte[] bytes =
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    assertThat(parser.endOfInput()).isFalse();
  }

  @Test
  void aRequestWithoutALengthHasNoBody() {
    var parser = new MessageParser(true, this);
    byte[] bytes =
        "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    assertThat(heard).hasToString("get /a http/1.1|;get /b http/1.1|;");
  }
}
