package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and all it started have used so far, as Linux tells in /proc.
 *
 * @param cpuMicros user and system time; Linux tells it in steps of 10 ms
 * @param rssKb resident memory, in KiB
 */
record ProcessCost(long cpuMicros, long rssKb) {
  private static final long MICROS_PER_TICK = 10_000;

  static final ProcessCost NONE = new ProcessCost(0, 0);

  static ProcessCost of(ProcessHandle process) throws IOException {
    var sum = NONE;
    var all =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(ProcessHandle::pid)
            .toArray();
    for (long pid : all) {
      var one = of(pid);
      sum = new ProcessCost(sum.cpuMicros + one.cpuMicros, sum.rssKb + one.rssKb);
    }
    return sum;
  }

  private static ProcessCost of(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field after
      // it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return new ProcessCost(ticks * MICROS_PER_TICK, rss(pid));
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  private static long rss(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
