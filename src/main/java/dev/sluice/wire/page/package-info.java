/**
 * The chat page's own small API, a fixed contract that older clients rely on: a question in, an
 * answer out, whole or as server-sent events of the types {@code chunk}, {@code done} and {@code
 * error}. Members may be added to it, none removed.
 */
@NullMarked
package dev.sluice.wire.page;

import org.jspecify.annotations.NullMarked;
