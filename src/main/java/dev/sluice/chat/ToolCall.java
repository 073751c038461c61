package dev.sluice.chat;

/**
 * A model's wish to have a tool run.
 *
 * @param arguments the JSON text exactly as the model wrote it, which may be no JSON at all; never
 *     re-encoded, since prompt caches compare bytes
 */
public record ToolCall(String id, String name, String arguments) {}
