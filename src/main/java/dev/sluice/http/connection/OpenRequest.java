package dev.sluice.http.connection;

/** One request on a connection, which it keeps open until its response is over. */
public final class OpenRequest {
  /** Of a server that does not watch its connections. */
  public static OpenRequest unwatched() {
    return new OpenRequest(new Connections.Use(null), () -> {});
  }

  private final Connections.Use use;
  private final Runnable closing;
  private boolean accepted;
  private boolean over;

  /**
   * @param closing closes the connection after the last response of a drain
   */
  OpenRequest(Connections.Use use, Runnable closing) {
    this.use = use;
    this.closing = closing;
    use.requests++;
    use.served = true;
    if (use.accepted != null) {
      use.accepted.headArrived();
    }
  }

  /** Whether its connection exceeds the limit, so that only health is answered. */
  public boolean isSurplus() {
    return use.accepted != null && use.accepted.isSurplus();
  }

  /** The request is whole: from now on its connection is not closed to make room for another. */
  public void accept() {
    if (!accepted && !over && use.accepted != null) {
      accepted = true;
      use.accepted.acceptRequest();
    }
  }

  /** The response has ended, or cannot any more. Later calls do nothing. */
  public void end() {
    if (!over) {
      over = true;
      use.requests--;
      use.since = System.nanoTime();
      if (accepted && use.accepted != null) {
        use.accepted.endRequest();
      }
      if (use.last && use.requests == 0) {
        closing.run();
      }
    }
  }
}
