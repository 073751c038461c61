package dev.sluice.chat;

/**
 * A model that can be asked.
 *
 * @param id what a request names
 * @param name what a person reads
 * @param available whether it would answer now, as far as is known without asking it
 */
public record Model(String id, String name, boolean available) {}
