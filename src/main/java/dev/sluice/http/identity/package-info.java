/**
 * Callers: from a request's address and headers to the id that the limiter counts, without a way
 * for a caller to be counted as somebody else. Looks nothing up and knows no server.
 */
@NullMarked
package dev.sluice.http.identity;

import org.jspecify.annotations.NullMarked;
