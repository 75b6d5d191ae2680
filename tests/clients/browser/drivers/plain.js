// No client: the lines above listen for errors themselves.
import { checkout, checkoutLater, run } from "./shop.js";

run({
  unhandled() {
    checkout();
  },
  rejection() {
    checkoutLater();
  },
});
