package dev.sluice.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A visit to the page with a new profile. When it ends, nothing may have been complained about on
 * the console, and no policy broken.
 */
final class Visit implements AutoCloseable {
  static final double PATIENCE_MILLIS = 20_000;

  private final BrowserContext context;
  private final Page page;
  private final String origin;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> foreign = new CopyOnWriteArrayList<>();
  private final List<String> allowed = new CopyOnWriteArrayList<>();

  private Visit(BrowserContext context, String origin) {
    this.context = context;
    this.origin = origin;
    this.page = newPage();
  }

  static Visit to(int port) {
    return to(port, new NewContextOptions());
  }

  static Visit to(int port, NewContextOptions options) {
    return to(port, options, "");
  }

  /**
   * Visits with a browser that is not as it should be.
   *
   * @param script runs before anything of the page does
   */
  static Visit to(int port, NewContextOptions options, String script) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    BrowserContext context = Browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(
        "addEventListener('securitypolicyviolation', (e) =>"
            + " console.error('policy broken: ' + e.violatedDirective + ' ' + e.blockedURI))");
    context.addInitScript(script);
    Visit visit = new Visit(context, "http://localhost:" + port);
    visit.open(visit.page, "/");
    return visit;
  }

  private Page newPage() {
    Page opened = context.newPage();
    opened.onConsoleMessage(this::heard);
    opened.onPageError(error -> complaints.add("not caught: " + error));
    opened.onRequest(
        request -> {
          String url = request.url();
          if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) {
            foreign.add(url);
          }
        });
    return opened;
  }

  private void heard(ConsoleMessage message) {
    String text = message.text();
    if (message.type().equals("error") && allowed.stream().noneMatch(text::contains)) {
      complaints.add(text);
    }
  }

  /** Errors on the console that hold this text are part of the test. */
  Visit allow(String text) {
    allowed.add(text);
    return this;
  }

  /** Shows the page anew, once all that it shows is kept. */
  void reload() {
    find("html[data-kept]").waitFor();
    page.reload();
    complete(page);
  }

  /** Another tab of the same profile. */
  Page newTab() {
    Page tab = newPage();
    open(tab, "/");
    return tab;
  }

  /** Opens a path and waits until the page is complete. */
  void open(Page tab, String path) {
    tab.navigate(origin + path);
    complete(tab);
  }

  /** Waits until all of the page is there. */
  static void complete(Page tab) {
    tab.locator("html[data-furnished]").waitFor();
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  /** Waits until the page is served by its worker. */
  void awaitWorker() {
    page.evaluate(
        "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||"
            + " new Promise((resolve) => navigator.serviceWorker.addEventListener("
            + "'controllerchange', resolve))).then(() => true)");
  }

  /**
   * How many there are.
   *
   * @param promise of a list, as an expression of JavaScript
   */
  int count(String promise) {
    return ((Number) page.evaluate("async () => (await " + promise + ").length")).intValue();
  }

  /** Asks a question and does not wait for its answer. */
  void ask(String question) {
    int answers = find(".answer").count();
    String last = answers == 0 ? "" : answer().getAttribute("data-id");
    find("#message").fill(question);
    find("#message").press("Enter");
    PlaywrightAssertions.assertThat(answer()).not().hasAttribute("data-id", last);
  }

  /** Takes a message out of the conversation. */
  void remove(Locator message) {
    message.hover();
    message.locator("[data-act=remove]").click();
  }

  /** Chooses a model by its id. */
  void choose(String model) {
    find("#model option[value='demo/" + model + "']").waitFor(ATTACHED);
    find("#model").selectOption("demo/" + model);
  }

  private static final Locator.WaitForOptions ATTACHED =
      new Locator.WaitForOptions()
          .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);

  /** The last answer. */
  Locator answer() {
    return find(".answer").last();
  }

  /** Waits until the last answer is over, and says how. */
  String end() {
    find(".answer:last-of-type").last().waitFor();
    Locator over = find(".turn:last-child .answer[aria-busy='false']").last();
    over.waitFor();
    return over.getAttribute("data-state");
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("what the console complained about").isEmpty();
    assertThat(foreign).as("requests that left the origin").isEmpty();
  }
}
