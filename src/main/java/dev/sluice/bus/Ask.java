package dev.sluice.bus;

import dev.sluice.chat.ChatRequest;

/**
 * Opens a conversation. The reply is {@link Accepted} at the answer's first content (or when the
 * answerer will not wait for it any longer), or fails with a {@link GatewayException} before that.
 *
 * @param stream tells this conversation from all others on the bus
 * @param inbox the address that frames go to
 * @param window how many bytes the answerer may send before it needs more {@link Credit}
 * @param origin the request that asks
 */
record Ask(long stream, String inbox, int window, Origin origin, ChatRequest request) {}
