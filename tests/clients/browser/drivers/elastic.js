// `apm` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

apm.setUserContext({ id: "7", username: "ada", email: "ada@example.com" });
apm.setCustomContext({ cart: { items: 2 } });
apm.addLabels({ customer: "ada" });

run({
  unhandled() {
    checkout();
  },
  handled() {
    apm.captureError(failure());
  },
  message() {
    apm.captureError("the cart is empty");
  },
  rejection() {
    checkoutLater();
  },
});
