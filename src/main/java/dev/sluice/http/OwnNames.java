package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.telemetry.ClientFaults;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Refuses requests to a host that is not the gateway's (RFC 9110, section 15.5.20). */
final class OwnNames {
  private final ClientSide clients;
  private final ClientFaults faults;
  private Hosts hosts;

  OwnNames(Hosts hosts, ClientSide clients, ClientFaults faults) {
    this.hosts = hosts;
    this.clients = clients;
    this.faults = faults;
  }

  /** Takes other names, for a certificate that was renewed. */
  void change(Hosts latest) {
    hosts = latest;
  }

  /** Whether the request may go on; if not, it has been answered. */
  boolean admit(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    SocketAddress local = request.localAddress();
    boolean own =
        hosts.allow(clients.host(request), local == null ? null : local.hostAddress())
            || (hosts.areDefaults() && clients.isProxied(request));
    if (own) {
      return true; // a trusted proxy answers for the names that it passes on
    }
    faults.seen(ClientFaults.Kind.FOREIGN_HOST, "a host that http.hosts does not list");
    exchange.fail(
        Failure.of(
            Fault.MISDIRECTED_REQUEST,
            "The gateway does not answer for this host name. List it in http.hosts to allow it."));
    return false;
  }
}
