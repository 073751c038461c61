package dev.sluice.bus;

/** Asks {@link Addresses#HEALTH} how the gateway is. */
public record HealthQuestion() {}
