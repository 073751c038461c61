package dev.sluice.config;

/**
 * One thing that is wrong with the settings, in words that quote no value: it may be a secret.
 *
 * @param path the setting, such as {@code providers.openai.timeouts.total}, or the environment
 *     variable that holds it, or empty for the file as a whole
 * @param line where it stands in the file, from 1; 0 if it does not stand there
 * @param message what is wrong, beginning with a verb
 */
public record Problem(String path, int line, String message) {

  @Override
  public String toString() {
    String place = line > 0 ? "line " + line : "";
    if (path.isEmpty()) {
      return (place.isEmpty() ? "the file" : place) + ": " + message;
    }
    return path + (place.isEmpty() ? "" : " (" + place + ")") + ": " + message;
  }
}
