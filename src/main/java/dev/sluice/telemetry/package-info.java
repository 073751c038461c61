/** What the gateway tells its operator: one log line a chat. Never a prompt, an answer or a key. */
@NullMarked
package dev.sluice.telemetry;

import org.jspecify.annotations.NullMarked;
