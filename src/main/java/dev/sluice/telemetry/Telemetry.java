package dev.sluice.telemetry;

import java.util.function.Supplier;

/** All that tells an operator of chats: numbers, traces, signs of the providers' health. */
public final class Telemetry implements AutoCloseable {
  private final ChatMeters meters;
  private final ChatTraces traces;
  private final ProviderSigns signs = new ProviderSigns(System::currentTimeMillis);

  public Telemetry(ChatMeters meters, ChatTraces traces) {
    this.meters = meters;
    this.traces = traces;
  }

  /** Numbers under their usual names, and no traces. */
  public static Telemetry usual() {
    return new Telemetry(new ChatMeters(GenAiNames.V1_41), ChatTraces.NONE);
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

  /** Something that goes up and down. */
  public void gauge(String name, String description, Supplier<Number> value) {
    meters.gauge(name, description, value);
  }

  /** Sends what is still waiting; waits for a few seconds at most. */
  @Override
  public void close() {
    traces.close();
  }
}
