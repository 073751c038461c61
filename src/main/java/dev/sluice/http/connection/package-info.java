/**
 * TCP connections of clients, below HTTP: how many there may be, which one makes room for another,
 * and the rules of framing that Vert.x leaves open. Built on Netty's public API, which Vert.x hands
 * out through its transport.
 */
@NullMarked
package dev.sluice.http.connection;

import org.jspecify.annotations.NullMarked;
