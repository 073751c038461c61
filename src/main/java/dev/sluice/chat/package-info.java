/** What is said: the domain of a chat, free of every vendor and of every library. */
@NullMarked
package dev.sluice.chat;

import org.jspecify.annotations.NullMarked;
