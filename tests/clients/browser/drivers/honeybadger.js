// `Honeybadger` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

Honeybadger.configure({ environment: "test", revision: "1.2.3" });
Honeybadger.setContext({ user_id: "7", user_email: "ada@example.com", cart: { items: 2 } });
Honeybadger.addBreadcrumb("opened the cart", { category: "navigation", metadata: { items: 2 } });

run({
  unhandled() {
    checkout();
  },
  handled() {
    Honeybadger.notify(failure(), { tags: "customer, vip" });
  },
  message() {
    Honeybadger.notify("the cart is empty");
  },
  rejection() {
    checkoutLater();
  },
});
