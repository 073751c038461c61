/**
 * The formats of the world: pure functions on bytes and JSON, one folder a format.
 *
 * <p>{@link dev.sluice.wire.UpstreamWire} is what a format offers to a provider.
 */
@NullMarked
package dev.sluice.wire;

import org.jspecify.annotations.NullMarked;
