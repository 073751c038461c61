/** The chat page in a real Chromium, against a real gateway. */
package dev.sluice.page;
