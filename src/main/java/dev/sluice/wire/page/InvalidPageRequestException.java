package dev.sluice.wire.page;

import dev.sluice.chat.Failure;

/** A body that is no {@link PageRequest}; the failure names the field and quotes nothing. */
public final class InvalidPageRequestException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Failure failure;

  InvalidPageRequestException(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
