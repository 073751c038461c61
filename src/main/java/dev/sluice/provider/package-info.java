/**
 * Upstreams: a verticle for each provider on each event loop, the HTTP call that fetches an answer,
 * its deadlines, and the search for models. Knows no vendor: it picks a wire.
 */
@NullMarked
package dev.sluice.provider;

import org.jspecify.annotations.NullMarked;
