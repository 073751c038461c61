/** The verticle that knows how the gateway is. */
@NullMarked
package dev.sluice.health;

import org.jspecify.annotations.NullMarked;
