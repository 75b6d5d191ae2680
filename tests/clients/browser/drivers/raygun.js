// `rg4js` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

rg4js("setVersion", "1.2.3");
rg4js("setUser", { identifier: "7", isAnonymous: false, email: "ada@example.com", fullName: "ada" });
rg4js("withTags", ["customer"]);

// It records breadcrumbs only once the page is loaded.
function openCart() {
  rg4js("recordBreadcrumb", "opened the cart", { items: 2 });
}

run({
  unhandled() {
    openCart();
    checkout();
  },
  handled() {
    openCart();
    rg4js("send", { error: failure(), customData: { cart: { items: 2 } }, tags: ["vip"] });
  },
  message() {
    rg4js("send", { error: "the cart is empty" });
  },
  rejection() {
    checkoutLater();
  },
});
