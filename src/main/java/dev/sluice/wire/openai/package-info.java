/**
 * OpenAI's chat completions, and what the many servers that call themselves compatible make of
 * them.
 */
@NullMarked
package dev.sluice.wire.openai;

import org.jspecify.annotations.NullMarked;
