/** JSON Web Tokens of somebody else's, as an alternative to the gateway's own keys. */
@NullMarked
package dev.sluice.http.token;

import org.jspecify.annotations.NullMarked;
