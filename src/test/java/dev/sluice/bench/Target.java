package dev.sluice.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: something that listens and passes on to the mock upstream.
 *
 * @param process absent for the mock upstream itself, which costs nothing then
 * @param startMillis from the start of the process to the end of its first streamed answer
 * @param restKb its memory after that
 */
record Target(
    String name,
    int port,
    String streamPath,
    String plainPath,
    @Nullable ChildProcess process,
    long startMillis,
    long restKb) {

  ProcessCost cost() throws IOException {
    return process == null ? ProcessCost.NONE : process.cost();
  }

  void stop() {
    if (process != null) {
      process.close();
    }
  }
}
