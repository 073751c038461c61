/**
 * Measures what a streamed token costs: a mock upstream, a load client that checks every token, the
 * plain proxies to compare with, and the driver that runs them against each other. All of it stays
 * on loopback.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
