package dev.sluice.chat;

/**
 * Tells the limiter that an answer is over and what it really cost. There is no answer; a second
 * settlement of the same ticket does nothing.
 */
public record SettlePermit(Ticket ticket, Cost cost) {}
