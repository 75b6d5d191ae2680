// `rollbar` is what the lines above have set up.
const { checkout, checkoutAll, checkoutLater, failure, run, visit } = require("./shop.js");

rollbar.configure({
  environment: "test",
  codeVersion: "1.2.3",
  payload: { person: { id: "7", username: "ada", email: "ada@example.com" }, custom: { cart: { items: 2 } } },
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
  nonerror() {
    throw { code: 7, reason: "no card" };
  },
  string() {
    throw "no card";
  },
  aggregate() {
    checkoutAll();
  },
  express() {
    const app = require("express")();
    app.get("/checkout/:order", () => checkout());
    app.use(rollbar.errorHandler());
    visit(app);
  },
});
