/**
 * Anthropic's Messages API, versions {@code 2023-06-01} and {@code 2026-10-21}: requests, answers
 * whole and streamed, errors and the list of models.
 */
@NullMarked
package dev.sluice.wire.anthropic;

import org.jspecify.annotations.NullMarked;
