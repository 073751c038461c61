package dev.sluice.http.token;

/** The token is not valid here. The message says why and quotes nothing of it. */
final class RefusedTokenException extends Exception {
  private static final long serialVersionUID = 1;
  private final String reason;

  RefusedTokenException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** One sentence for a person. */
  String reason() {
    return reason;
  }
}
