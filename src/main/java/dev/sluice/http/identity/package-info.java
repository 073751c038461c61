/**
 * Who is counted: from a request's address and headers to the id that the limiter counts, without a
 * way for a caller to be counted as somebody else. Pure: looks nothing up, keeps nothing.
 */
@NullMarked
package dev.sluice.http.identity;

import org.jspecify.annotations.NullMarked;
