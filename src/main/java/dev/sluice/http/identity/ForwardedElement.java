package dev.sluice.http.identity;

/**
 * One proxy's word on a request (RFC 7239, section 4).
 *
 * @param node the text behind {@code for=}; empty if it is missing or stands twice
 * @param scheme the text behind {@code proto=}; empty if it is missing or stands twice
 * @param host the text behind {@code host=}; empty if it is missing or stands twice
 */
record ForwardedElement(String node, String scheme, String host) {

  static ForwardedElement ofNode(String node) {
    return new ForwardedElement(node, "", "");
  }
}
