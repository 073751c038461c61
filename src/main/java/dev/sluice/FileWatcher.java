package dev.sluice;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads files each second and reports when what it finds has changed. It compares content and not
 * time stamps, so that it also notices a symbolic link that leads to another file. A finding is
 * reported once two reads in a row agree, since a writer may not be done after the first.
 */
final class FileWatcher {
  private static final long INTERVAL_MILLIS = 1_000;

  /** The reason why a pipe, a directory or a device is not read. */
  static final String SPECIAL = "is not a regular file";

  private static final int LIMIT = 16 * 1024 * 1024;

  /** Why something is reported. */
  enum Cause {
    /** It is the first finding after the start. */
    FIRST,
    /** The files have changed, or one cannot be read any more, or can again. */
    CHANGED,
    /** {@link FileWatcher#report} was called. */
    REQUESTED
  }

  /** What a read found. */
  sealed interface Finding {
    /** The content of all files, in their order. */
    record Content(List<Buffer> files) implements Finding {}

    /**
     * One of the files cannot be read.
     *
     * @param reason such as "does not exist"
     */
    record Unreadable(Path file, String reason) implements Finding {}
  }

  private final Vertx vertx;
  private final List<Path> files;
  private final BiConsumer<Finding, Cause> receiver;
  private boolean reading;
  private @Nullable Finding seen;
  private @Nullable Finding reported;
  private Cause cause = Cause.FIRST;

  /**
   * @param receiver is called on the context of {@link #start}
   */
  FileWatcher(Vertx vertx, List<Path> files, BiConsumer<Finding, Cause> receiver) {
    this.vertx = vertx;
    this.files = List.copyOf(files);
    this.receiver = receiver;
  }

  void start() {
    vertx.setPeriodic(0, INTERVAL_MILLIS, timer -> look());
  }

  /** Reports the next finding even if it is the same as before. */
  void report(Cause why) {
    reported = null;
    cause = why;
  }

  private void look() {
    if (reading) {
      return; // a slow file system must not pile up reads
    }
    reading = true;
    Future<Finding> read = vertx.executeBlocking(this::read);
    read.onComplete(any -> reading = false).onSuccess(this::compare);
  }

  private void compare(Finding now) {
    boolean steady = now.equals(seen);
    seen = now;
    if (steady && !now.equals(reported)) {
      Cause why = cause;
      reported = now;
      cause = Cause.CHANGED;
      receiver.accept(now, why);
    }
  }

  private Finding read() {
    List<Buffer> contents = new ArrayList<>();
    for (Path file : files) {
      String reason = unreadable(file);
      if (reason != null) {
        return new Finding.Unreadable(file, reason);
      }
      try (InputStream in = Files.newInputStream(file)) {
        contents.add(Buffer.buffer(in.readNBytes(LIMIT)));
      } catch (IOException e) {
        return new Finding.Unreadable(file, "cannot be read");
      }
    }
    return new Finding.Content(contents);
  }

  /** The reason why a file is not even opened, or null. A pipe would block the reader. */
  private static @Nullable String unreadable(Path file) {
    if (!Files.exists(file)) {
      return "does not exist";
    }
    if (!Files.isRegularFile(file)) {
      return SPECIAL;
    }
    return Files.isReadable(file) ? null : "cannot be read";
  }
}
