package dev.sluice.chat;

import java.util.List;

/** The answer to {@link TakePermit}. */
public sealed interface Admission permits Permit, Denied {

  /** How the client stands with each limit after this answer, in the order of the settings. */
  List<LimitState> states();
}
