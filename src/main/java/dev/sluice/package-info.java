/** Sluice: one process between people and language models. {@link dev.sluice.Main} wires it up. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
