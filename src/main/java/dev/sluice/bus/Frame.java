package dev.sluice.bus;

import dev.sluice.chat.ChatEvent;
import java.util.List;

/**
 * A piece of an answer: all that one read of the source brought.
 *
 * @param sequence counts the frames of a stream from 0 without gaps
 * @param events in order; empty for a sign of life in a silence
 * @param weight the bytes of the source that it took, which the asker gives back as credit
 */
record Frame(long stream, int sequence, List<ChatEvent> events, int weight) {}
