package dev.sluice.bus;

/** Asks {@link Addresses#CATALOG_NOW} for the present {@code Catalog}. */
public record CatalogQuestion() {}
