package dev.sluice.bus;

/** Asks {@link Addresses#LIMITER} how the limiter is. */
public record LimiterQuestion() {}
