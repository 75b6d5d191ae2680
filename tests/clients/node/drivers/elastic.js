// `apm` is what the lines above have set up.
const { checkout, checkoutAll, failure, run, visit } = require("./shop.js");

run({
  unhandled() {
    checkout();
  },
  handled() {
    apm.captureError(failure(), {
      custom: { cart: { items: 2 } },
      labels: { customer: "ada" },
      user: { id: "7", username: "ada", email: "ada@example.com" },
    });
  },
  message() {
    apm.captureError("the cart is empty");
  },
  template() {
    apm.captureError({ message: "order %d has no card", params: [42] });
  },
  aggregate() {
    checkoutAll();
  },
  express() {
    const app = require("express")();
    app.get("/checkout/:order", () => {
      apm.setUserContext({ id: "7", username: "ada", email: "ada@example.com" });
      apm.setCustomContext({ cart: { items: 2 } });
      checkout();
    });
    visit(app);
  },
});
