package dev.sluice.bus;

/** The asker has passed on {@code bytes} more bytes; the answerer may send as many again. */
record Credit(long stream, int bytes) {}
