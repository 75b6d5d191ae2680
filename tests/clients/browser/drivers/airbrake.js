// `airbrake` is what the lines above have set up.
import { checkout, checkoutLater, failure, run } from "./shop.js";

airbrake.addFilter((notice) => {
  notice.context.version = "1.2.3";
  notice.context.environment = "test";
  notice.context.user = { id: "7", name: "ada", email: "ada@example.com" };
  notice.params.cart = { items: 2 };
  return notice;
});

async function send(error) {
  const notice = await airbrake.notify(error);
  if (notice.error) {
    console.error(notice.error);
  }
}

run({
  unhandled() {
    checkout();
  },
  handled() {
    send(failure());
  },
  message() {
    send("the cart is empty");
  },
  rejection() {
    checkoutLater();
  },
});
