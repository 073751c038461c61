package dev.sluice.upstream;

/**
 * A server-sent event.
 *
 * @param name {@code message} where the stream gave none
 * @param id the last id the stream gave up to here, or empty
 */
public record SseEvent(String name, String data, String id) {}
