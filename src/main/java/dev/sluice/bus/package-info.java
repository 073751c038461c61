/**
 * How it travels: addresses, the one codec, failures that cross the bus, and the flow-controlled
 * conversation between a verticle that asks ({@link dev.sluice.bus.Inbox}) and one that answers
 * ({@link dev.sluice.bus.Outbox}).
 *
 * <p>The event bus of Vert.x has no back-pressure: a consumer that pauses loses messages. So an
 * answer travels in numbered {@link dev.sluice.bus.Frame frames} under a window of credit, and a
 * frame that is missing is a fault.
 */
@NullMarked
package dev.sluice.bus;

import org.jspecify.annotations.NullMarked;
