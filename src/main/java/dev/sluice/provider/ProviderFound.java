package dev.sluice.provider;

import dev.sluice.config.ProviderConfig;

/** A provider that was not there when the gateway started. */
public record ProviderFound(ProviderConfig provider) {}
