package dev.sluice.http.identity;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;

/** The caller gets no answer, for the way it presents itself. Quotes nothing that it sent. */
public final class RefusedCallerException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Failure failure;

  RefusedCallerException(Fault fault, String message) {
    super(message, null, false, false);
    this.failure = Failure.of(fault, message);
  }

  public Failure failure() {
    return failure;
  }
}
