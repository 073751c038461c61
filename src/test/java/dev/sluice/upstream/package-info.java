/**
 * Instruments for tests on real sockets: an upstream that says exactly the bytes a test asks for,
 * and a client that reads and leaves exactly as told. Plain JDK sockets, so that neither end shares
 * code with what it tests.
 */
@NullMarked
package dev.sluice.upstream;

import org.jspecify.annotations.NullMarked;
