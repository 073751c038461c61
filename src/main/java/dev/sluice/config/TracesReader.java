package dev.sluice.config;

/** Reads {@code traces}. */
final class TracesReader {
  private TracesReader() {}

  static TracesConfig read(Section in) {
    TracesConfig usual = TracesConfig.DEFAULT;
    return new TracesConfig(
        in.key("endpoint").or("OTEL_EXPORTER_OTLP_ENDPOINT").url().orElse(null),
        HeaderReader.read(in.section("headers")),
        in.key("service").or("OTEL_SERVICE_NAME").text().orElse(usual.service()),
        in.key("sample").number(0, 1).orElse(usual.sample()),
        in.key("upstream").flag().orElse(usual.upstream()));
  }
}
