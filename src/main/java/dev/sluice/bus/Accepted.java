package dev.sluice.bus;

/** The answer has begun: from here on a failure is an event of the stream and no longer a reply. */
record Accepted() {}
