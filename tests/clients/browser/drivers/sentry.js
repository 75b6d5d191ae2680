// `Sentry` is what the lines above have set up, of whatever version.
import { checkout, checkoutLater, failure, run } from "./shop.js";

Sentry.setUser({ id: "7", username: "ada", email: "ada@example.com" });
Sentry.setTag("customer", "ada");
Sentry.setContext("cart", { items: 2 });
Sentry.addBreadcrumb({ category: "cart", message: "opened the cart", level: "info", data: { items: 2 } });

run({
  unhandled() {
    checkout();
  },
  handled() {
    Sentry.captureException(failure());
  },
  message() {
    Sentry.captureMessage("the cart is empty", "warning");
  },
  rejection() {
    checkoutLater();
  },
  nonerror() {
    throw { code: 7, reason: "no card" };
  },
  feedback() {
    const said = { name: "Ada", email: "ada@example.com", message: "It hung." };
    Sentry.captureFeedback(said);
  },
  unload() {
    Sentry.captureException(failure());
    location.assign("/left.html");
  },
});
