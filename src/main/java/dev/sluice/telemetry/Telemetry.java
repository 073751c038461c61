package dev.sluice.telemetry;

/** All that tells an operator of chats: numbers, traces, signs of the providers' health. */
public final class Telemetry implements AutoCloseable {
  private final ChatMeters meters;
  private final ChatTraces traces;
  private final ProviderSigns signs = new ProviderSigns(System::currentTimeMillis);

  public Telemetry(ChatMeters meters, ChatTraces traces) {
    this.meters = meters;
    this.traces = traces;
  }

  public ChatMeters meters() {
    return meters;
  }

  public ProviderSigns signs() {
    return signs;
  }

  ChatTraces traces() {
    return traces;
  }

  /** Sends what is still waiting; waits for a few seconds at most. */
  @Override
  public void close() {
    traces.close();
  }
}
