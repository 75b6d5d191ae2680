// `Bugsnag` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

Bugsnag.setUser("7", "ada@example.com", "ada");
Bugsnag.addMetadata("cart", { items: 2 });
Bugsnag.leaveBreadcrumb("opened the cart", { items: 2 }, "navigation");

run({
  unhandled() {
    checkout();
  },
  handled() {
    Bugsnag.notify(failure());
  },
  message() {
    Bugsnag.notify({ name: "Notice", message: "the cart is empty" }, (event) => {
      event.severity = "info";
    });
  },
  rejection() {
    checkoutLater();
  },
});
