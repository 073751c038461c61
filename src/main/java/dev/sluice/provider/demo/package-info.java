/**
 * The built-in demo model: a provider without an upstream, which makes the gateway answer on its
 * first start, misbehaves on request, and is the upstream of load tests.
 */
@NullMarked
package dev.sluice.provider.demo;

import org.jspecify.annotations.NullMarked;
