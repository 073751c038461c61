package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tells apart the settings that can change while the gateway runs from those that cannot. */
public final class RestartOnly {
  private RestartOnly() {}

  /** The sections that differ and need a restart, by their names in the file. */
  public static List<String> changes(Config running, Config latest) {
    List<String> names = new ArrayList<>();
    compare(names, "http", running.http(), latest.http());
    compare(names, "demo", running.demo(), latest.demo());
    compare(names, "local_servers", running.localServers(), latest.localServers());
    compare(names, "limits.redis", running.limits().redis(), latest.limits().redis());
    compare(names, "log.format", running.log().format(), latest.log().format());
    return names;
  }

  private static void compare(List<String> names, String name, Object running, Object latest) {
    if (!Objects.equals(running, latest)) {
      names.add(name);
    }
  }

  /** The latest settings, but as they run where a change needs a restart. */
  public static Config keep(Config running, Config latest) {
    LimitsConfig limits = latest.limits();
    return new Config(
        running.http(),
        latest.chat(),
        latest.providers(),
        running.demo(),
        running.localServers(),
        new LimitsConfig(limits.rates(), limits.shadow(), limits.sets(), running.limits().redis()),
        latest.keys(),
        new LogConfig(latest.log().level(), running.log().format()));
  }
}
