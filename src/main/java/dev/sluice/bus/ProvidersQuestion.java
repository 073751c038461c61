package dev.sluice.bus;

/** Asks {@link Addresses#PROVIDERS_NOW} for the present {@code Providers}. */
public record ProvidersQuestion() {}
