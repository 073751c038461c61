package dev.sluice.upstream;

/** Ends a script whose peer has gone: an ordinary end, never a test failure. */
final class PeerLeftException extends RuntimeException {
  PeerLeftException() {
    super("the peer has left", null, false, false);
  }
}
