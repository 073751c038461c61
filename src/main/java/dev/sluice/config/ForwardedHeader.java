package dev.sluice.config;

/**
 * The header in which trusted proxies say for whom they ask. Only this one is read: what a proxy
 * does not write itself it passes on as its client wrote it.
 */
public enum ForwardedHeader {
  /** The one that nearly every proxy writes. */
  X_FORWARDED_FOR,
  /** The one of RFC 7239. */
  FORWARDED
}
