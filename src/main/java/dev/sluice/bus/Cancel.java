package dev.sluice.bus;

/** Nobody waits for this answer any more: the answerer stops its source at once, and is silent. */
record Cancel(long stream) {}
