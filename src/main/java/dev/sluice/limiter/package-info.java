/**
 * Who may start a chat: an exact sliding log of each client's requests, in this process or in a
 * Redis that several gateways share, and what holds while that Redis is away.
 */
@NullMarked
package dev.sluice.limiter;

import org.jspecify.annotations.NullMarked;
