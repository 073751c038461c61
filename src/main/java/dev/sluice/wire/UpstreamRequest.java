package dev.sluice.wire;

import java.util.List;

/**
 * A POST to an upstream.
 *
 * @param path below the base URL, beginning with a slash
 * @param headers besides {@code content-type: application/json} and the authorization
 * @param body JSON in UTF-8
 */
public record UpstreamRequest(String path, List<Header> headers, byte[] body) {

  /** A header; {@code name} in lower case. */
  public record Header(String name, String value) {}
}
