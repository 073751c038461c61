package dev.sluice;

import java.lang.reflect.Proxy;

/**
 * Handles signals of the operating system. {@code sun.misc.Signal} is the only way of the JDK to
 * see a second SIGTERM, since shutdown hooks cannot be interrupted. It is called by reflection: the
 * compiler warns of it without a way to say that this is meant.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a thread of its own each time that the signal arrives, instead of what
   * the JVM does by default. A signal that the parent process has set to be ignored, as {@code
   * nohup} does with SIGHUP, stays ignored.
   *
   * @param name such as {@code TERM}
   * @return false if this system does not have the signal, or the JVM does not give it away ({@code
   *     -Xrs})
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
