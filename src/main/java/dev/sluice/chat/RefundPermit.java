package dev.sluice.chat;

/** Tells the limiter that no byte of the request reached a model. There is no answer. */
public record RefundPermit(Ticket ticket) {}
