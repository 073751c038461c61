package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;

/**
 * A body, as much of it as arrived.
 *
 * @param complete whether it ended as its framing says; false for one that was cut or reset. A body
 *     that runs until the close is complete after FIN, since nobody can tell
 */
public record ResponseBody(byte[] bytes, boolean complete) {
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
