package dev.sluice;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files each second and tells when they have changed. It looks at what is in them and not
 * at their time, so that it also sees a file that is a link to another. What is there counts once
 * two looks in a row have seen it: whoever writes may not be done.
 */
final class SteadyFiles {
  private static final long INTERVAL_MILLIS = 1_000;

  private final Vertx vertx;
  private final List<Path> files;
  private final Consumer<List<Buffer>> changed;
  private @Nullable List<Buffer> seen;
  private @Nullable List<Buffer> taken;

  private SteadyFiles(Vertx vertx, List<Path> files, Consumer<List<Buffer>> changed) {
    this.vertx = vertx;
    this.files = files;
    this.changed = changed;
  }

  /**
   * Begins to look.
   *
   * @param changed is told what is in the files, in their order
   * @return when they have been read for the first time
   */
  static Future<?> watch(Vertx vertx, List<Path> files, Consumer<List<Buffer>> changed) {
    SteadyFiles watch = new SteadyFiles(vertx, files, changed);
    return watch
        .read()
        .onSuccess(first -> watch.taken = first)
        .onComplete(first -> vertx.setPeriodic(INTERVAL_MILLIS, timer -> watch.look()))
        .otherwiseEmpty();
  }

  private Future<List<Buffer>> read() {
    return Future.all(
            files.stream()
                .map(file -> vertx.fileSystem().readFile(file.toAbsolutePath().toString()))
                .toList())
        .map(read -> read.<Buffer>list());
  }

  private void look() {
    read()
        .onSuccess(
            now -> {
              boolean steady = now.equals(seen);
              seen = now;
              if (steady && !now.equals(taken)) {
                taken = now;
                changed.accept(now);
              }
            });
  }
}
