/**
 * The gateway's face: server, routes, response headers, the chat page's files. Knows no vendor: it
 * picks a wire for those who ask and puts their questions on the bus.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
