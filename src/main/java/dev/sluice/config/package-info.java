/**
 * Every setting of the gateway as immutable records, and the way there: one file, the environment,
 * and checks that name each fault by its path.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
