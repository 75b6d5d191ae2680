// `rollbar` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

rollbar.configure({
  environment: "test",
  payload: {
    client: { javascript: { code_version: "1.2.3" } },
    person: { id: "7", username: "ada", email: "ada@example.com" },
    custom: { cart: { items: 2 } },
  },
});
rollbar.captureEvent({ message: "opened the cart" }, "info");

run({
  unhandled() {
    checkout();
  },
  handled() {
    rollbar.error(failure());
  },
  message() {
    rollbar.warning("the cart is empty");
  },
  rejection() {
    checkoutLater();
  },
});
