/** Server-sent events by the rules of the WHATWG HTML standard: a parser and a writer. */
@NullMarked
package dev.sluice.wire.sse;

import org.jspecify.annotations.NullMarked;
