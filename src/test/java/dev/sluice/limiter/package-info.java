/** The limiter, by brute force and against real Redis servers. */
@NullMarked
package dev.sluice.limiter;

import org.jspecify.annotations.NullMarked;
