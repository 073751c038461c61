package dev.sluice.bus;

/** Has files read again at {@link Addresses#RELOAD}, also if they have not changed. */
public record Reload() {}
