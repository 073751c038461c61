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
    compare(names, "log.file", written(running.log()), written(latest.log()));
    compare(names, "metrics", running.metrics(), latest.metrics());
    compare(names, "traces", running.traces(), latest.traces());
    compare(names, "management", running.management(), latest.management());
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
        atLevel(latest.log().level(), running.log()),
        running.metrics(),
        running.traces(),
        running.management());
  }

  /** All but the level, which can change. */
  private static LogConfig written(LogConfig log) {
    return atLevel(LogConfig.DEFAULT.level(), log);
  }

  private static LogConfig atLevel(String level, LogConfig log) {
    return new LogConfig(level, log.format(), log.file(), log.fileBytes(), log.files());
  }
}
