package dev.sluice.http;

import dev.sluice.bus.Addresses;
import dev.sluice.bus.GatewayException;
import dev.sluice.bus.Inbox;
import dev.sluice.bus.Origin;
import dev.sluice.chat.ChatRequest;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Message;
import dev.sluice.chat.Part;
import dev.sluice.chat.Role;
import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.ChatConfig;
import dev.sluice.http.identity.Caller;
import dev.sluice.telemetry.ChatRecord;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.wire.JsonOutput;
import dev.sluice.wire.page.InvalidPageRequestException;
import dev.sluice.wire.page.PageAnswer;
import dev.sluice.wire.page.PageAnswerWriter;
import dev.sluice.wire.page.PageRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /api/chat} and {@code /api/chat/stream}: from a body to a question on the bus. */
final class ChatHandler {
  private final int loop;
  private final RequestBody bodies;
  private final ModelDirectory directory;
  private final Inbox inbox;
  private final Telemetry telemetry;
  private final Supplier<Edition> edition;
  private final JsonOutput out = new JsonOutput();
  private boolean draining;

  /**
   * @param telemetry that the chats of all loops are told to
   */
  ChatHandler(
      int loop,
      RequestBody bodies,
      ModelDirectory directory,
      Supplier<Edition> edition,
      Inbox inbox,
      Telemetry telemetry) {
    this.telemetry = telemetry;
    this.loop = loop;
    this.bodies = bodies;
    this.directory = directory;
    this.edition = edition;
    this.inbox = inbox;
  }

  /** Refuses each chat that has not been sent to a provider yet, and those that come later. */
  void drain() {
    draining = true;
  }

  void whole(Exchange exchange) {
    handle(exchange, false);
  }

  void streamed(Exchange exchange) {
    handle(exchange, true);
  }

  /** Decides by the head what can be decided by it; only then the body is read. */
  private void handle(Exchange exchange, boolean stream) {
    HttpServerRequest request = exchange.request();
    Edition now = edition.get();
    bodies.check(request);
    Future<Caller> caller =
        now.authenticator()
            .caller(exchange)
            .compose(known -> foresee(now, exchange, known).map(passed -> known));
    if (caller.isComplete()) {
      caller.onComplete(known -> read(now, exchange, known, stream), exchange::fail);
      return;
    }
    request.exceptionHandler(cause -> exchange.fail(RequestBody.broken()));
    request.pause();
    caller
        .onSuccess(known -> read(now, exchange, known, stream))
        .onComplete(decided -> request.resume())
        .onFailure(exchange::fail);
  }

  private void read(Edition now, Exchange exchange, Caller caller, boolean stream) {
    bodies
        .read(exchange, caller.id().text())
        .onComplete(body -> answer(now, exchange, caller, body, stream), exchange::fail);
  }

  /** A small body is read sooner than the limiter is asked twice. */
  private static Future<?> foresee(Edition now, Exchange exchange, Caller caller) {
    return RequestBody.isSmall(exchange.request())
        ? Future.succeededFuture()
        : now.admissions().foresee(exchange, caller);
  }

  private void answer(Edition now, Exchange exchange, Caller caller, byte[] body, boolean stream) {
    if (draining) {
      exchange.fail(Failure.SHUTTING_DOWN);
      return;
    }
    long start = System.nanoTime();
    try {
      PageRequest page = now.reader().read(body);
      ModelDirectory.Target target = directory.find(page.provider(), page.model());
      ChatRequest request = request(now.chat(), page, target.model(), stream);
      ChatRecord record =
          new ChatRecord(
              telemetry,
              exchange.id(),
              target.provider(),
              request,
              start,
              exchange.request()::getHeader);
      now.admissions()
          .take(exchange, caller, target, record.usage(), request.options().maxTokens())
          .onComplete(
              charge -> ask(exchange, request, record, charge),
              cause -> refuse(exchange, record, cause));
    } catch (InvalidPageRequestException e) {
      exchange.fail(e.failure());
    } catch (GatewayException e) {
      exchange.fail(e.failure());
    }
  }

  private static void refuse(Exchange exchange, ChatRecord record, Throwable cause) {
    Failure failure = GatewayException.failureOf(cause);
    record.refused(failure);
    exchange.fail(failure);
  }

  private void ask(Exchange exchange, ChatRequest request, ChatRecord record, Charge charge) {
    if (!exchange.isOpen()) {
      charge.refund(); // the client left while it was looked at
      return;
    }
    if (draining) {
      charge.refund();
      refuse(exchange, record, new GatewayException(Failure.SHUTTING_DOWN));
      return;
    }
    Caller caller = charge.caller();
    boolean keep = caller.key().map(ApiKeyConfig::logContent).orElse(false);
    record.begin(caller.id().text(), charge.price(), keep);
    Origin origin = new Origin(exchange.id(), record.traceId(), record.traceparent());
    String address = Addresses.provider(record.provider(), loop);
    if (request.stream()) {
      PageAnswerWriter writer =
          new PageAnswerWriter(exchange.id(), request.model(), charge.price(), record::usage);
      StreamedAnswer answer = new StreamedAnswer(exchange, record, writer, out, charge);
      answer.follow(inbox.ask(address, origin, request, answer));
    } else {
      PageAnswer page = new PageAnswer(request.model(), charge.price());
      WholeAnswer answer = new WholeAnswer(exchange, record, page, charge);
      answer.follow(inbox.ask(address, origin, request, answer));
    }
  }

  private static ChatRequest request(
      ChatConfig config, PageRequest page, String model, boolean stream) {
    List<Message> messages = new ArrayList<>(page.history().size() + 2);
    boolean instructed = page.history().stream().anyMatch(turn -> turn.role() == Role.SYSTEM);
    if (config.systemPrompt() != null && !instructed) {
      messages.add(Message.of(Role.SYSTEM, config.systemPrompt()));
    }
    messages.addAll(page.history());
    messages.add(question(page));
    ChatRequest.Options options =
        new ChatRequest.Options(
            page.maxTokens() == null ? config.maxTokens() : page.maxTokens(),
            page.temperature() == null ? config.temperature() : page.temperature(),
            null,
            List.of(),
            null,
            null);
    return new ChatRequest(model, messages, options, List.of(), null, stream, Map.of());
  }

  /** What goes along with a question stands before it, as models like it best. */
  private static Message question(PageRequest page) {
    List<Part> parts = new ArrayList<>(page.attachments());
    parts.add(new Part.Text(page.message()));
    return new Message(Role.USER, parts, List.of(), null, Map.of());
  }
}
