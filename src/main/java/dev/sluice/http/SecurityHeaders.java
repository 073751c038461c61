package dev.sluice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The headers that every response carries, whatever it holds. */
final class SecurityHeaders {

  /** For the page: its own files and nothing else, and no HTML sink that takes a string. */
  static final CharSequence PAGE_POLICY =
      HttpHeaders.createOptimized(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
              + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
              + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              + "require-trusted-types-for 'script'; trusted-types app");

  private static final CharSequence API_POLICY =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence POLICY = HttpHeaders.createOptimized("content-security-policy");
  private static final CharSequence OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("referrer-policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence OPENER =
      HttpHeaders.createOptimized("cross-origin-opener-policy");
  private static final CharSequence RESOURCE =
      HttpHeaders.createOptimized("cross-origin-resource-policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence PERMISSIONS = HttpHeaders.createOptimized("permissions-policy");
  private static final CharSequence NO_PERMISSIONS =
      HttpHeaders.createOptimized(
          "camera=(), geolocation=(), microphone=(self), payment=(), usb=()");

  private SecurityHeaders() {}

  static void add(MultiMap headers) {
    headers
        .set(POLICY, API_POLICY)
        .set(OPTIONS, NOSNIFF)
        .set(REFERRER, NO_REFERRER)
        .set(RESOURCE, SAME_ORIGIN);
  }

  /** What a page needs in addition, or instead. */
  static void addForPage(MultiMap headers) {
    headers.set(POLICY, PAGE_POLICY).set(OPENER, SAME_ORIGIN).set(PERMISSIONS, NO_PERMISSIONS);
  }
}
