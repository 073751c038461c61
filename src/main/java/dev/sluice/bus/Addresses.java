package dev.sluice.bus;

/** Every address on the event bus. All consumers are local: nothing here crosses a network. */
public final class Addresses {

  /** Answers a {@link HealthQuestion} with a {@code HealthReport}. */
  public static final String HEALTH = "health";

  /** Where each new {@code Catalog} of models is published. */
  public static final String CATALOG = "catalog";

  /** Answers a {@link CatalogQuestion} with the present {@code Catalog}. */
  public static final String CATALOG_NOW = "catalog.now";

  /** Publishes the new {@code Providers} when one was added, changed or removed. */
  public static final String PROVIDERS = "providers";

  /** Answers a {@link ProvidersQuestion} with the present {@code Providers}. */
  public static final String PROVIDERS_NOW = "providers.now";

  /** Asks for the files of the settings and the certificate to be read again: a {@link Reload}. */
  public static final String RELOAD = "reload";

  /** Where settings that have changed while the gateway runs are published, whole. */
  public static final String SETTINGS = "settings";

  /** Where a certificate that has changed while the gateway runs is published. */
  public static final String CERTIFICATE = "certificate";

  /**
   * Answers a {@code TakePermit} with an {@code Admission}, a {@code PeekPermits} with a {@code
   * Standing} and a {@link LimiterQuestion} with a {@code LimiterHealth}; takes a {@code
   * RefundPermit}, and a {@code SettlePermit}.
   */
  public static final String LIMITER = "limiter";

  private Addresses() {}

  /** The instance of a provider that lives on an event loop. */
  public static String provider(String name, int loop) {
    return "provider." + name + "." + loop;
  }

  /** The inbox of the asking verticle that lives on an event loop. */
  static String inbox(int loop) {
    return "inbox." + loop;
  }
}
