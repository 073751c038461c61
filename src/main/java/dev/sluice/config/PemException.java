package dev.sluice.config;

/** A certificate or a key that cannot be used; the message begins with a verb. */
public final class PemException extends Exception {
  private static final long serialVersionUID = 1;

  private final Part part;

  /** The half of the pair that is wrong. */
  public enum Part {
    CERTIFICATE,
    KEY
  }

  PemException(Part part, String message) {
    super(message);
    this.part = part;
  }

  public Part part() {
    return part;
  }
}
