package dev.sluice.http.identity;

import java.util.List;

/** A request's headers. */
@FunctionalInterface
public interface HeaderLines {

  /**
   * The values of all lines of that name, in the order of their arrival; empty if there is none.
   *
   * @param name in lower case; the lines' upper and lower case are the same
   */
  List<String> all(String name);
}
