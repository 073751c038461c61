package dev.sluice.wire.openai;

import dev.sluice.chat.ChatEvent.ToolCallDelta;
import dev.sluice.wire.openai.Chunk.ToolFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which call a fragment belongs to, for upstreams that count from 1, count not at all, give
 * every call the same index or every fragment another id; and numbers the calls from 0 without gaps
 * in the order of their appearance.
 */
final class ToolCalls {
  /** OpenAI's own clients refuse an index of 128. */
  private static final int MOST = 128;

  private static final int UNANNOUNCED = -1;

  private final List<Call> calls = new ArrayList<>();
  private int announced;

  private static final class Call {
    final int upstreamIndex;
    final SurrogateSeam seam = new SurrogateSeam();
    @Nullable String id;
    @Nullable String name;
    int index = UNANNOUNCED;

    Call(int upstreamIndex) {
      this.upstreamIndex = upstreamIndex;
    }
  }

  /** Whether more calls began than any client could take. */
  boolean tooMany() {
    return calls.size() > MOST;
  }

  /** Whether any call was passed on. */
  boolean any() {
    return announced > 0;
  }

  /** What the fragment adds to the answer, or null if that is nothing. */
  @Nullable ToolCallDelta next(ToolFragment fragment) {
    Call call = callOf(fragment);
    String arguments = fragment.arguments() == null ? "" : call.seam.next(fragment.arguments());
    if (call.index == UNANNOUNCED) {
      return announce(call, fragment, arguments);
    }
    return arguments.isEmpty() ? null : new ToolCallDelta(call.index, null, null, arguments);
  }

  /** The first thing passed on of a call; put off while there is neither a name nor an argument. */
  private @Nullable ToolCallDelta announce(Call call, ToolFragment fragment, String arguments) {
    call.id = call.id == null ? fragment.id() : call.id;
    call.name = fragment.name();
    if (call.name == null && arguments.isEmpty()) {
      return null;
    }
    call.index = announced++;
    return new ToolCallDelta(
        call.index,
        Objects.requireNonNullElse(call.id, "call_" + call.index),
        Objects.requireNonNullElse(call.name, ""),
        arguments);
  }

  private Call callOf(ToolFragment fragment) {
    Call known = known(fragment);
    if (known != null) {
      return known;
    }
    Call call = new Call(fragment.index());
    calls.add(call);
    return call;
  }

  /** The call that the fragment goes on with, or null if it begins one. */
  private @Nullable Call known(ToolFragment fragment) {
    boolean uncounted = fragment.index() == ToolFragment.NO_INDEX;
    if (uncounted && fragment.id() == null) {
      return fragment.name() == null && !calls.isEmpty() ? calls.get(calls.size() - 1) : null;
    }
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      if (uncounted && Objects.equals(fragment.id(), call.id)) {
        return call;
      }
      if (!uncounted && fragment.index() == call.upstreamIndex) {
        return startsAnother(fragment, call) ? null : call;
      }
    }
    return null;
  }

  /**
   * An index that comes again with another name, or with a name and another id, is a call of its
   * own. Another id alone is not: some servers invent one for every fragment.
   */
  private static boolean startsAnother(ToolFragment fragment, Call call) {
    if (call.index == UNANNOUNCED || fragment.name() == null) {
      return false;
    }
    boolean otherId = fragment.id() != null && call.id != null && !fragment.id().equals(call.id);
    return otherId || !fragment.name().equals(call.name);
  }
}
