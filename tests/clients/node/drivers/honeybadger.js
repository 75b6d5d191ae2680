// `Honeybadger` is what the lines above have set up.
const { checkout, checkoutAll, checkoutLater, failure, run, visit } = require("./shop.js");

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
  aggregate() {
    checkoutAll();
  },
  express() {
    const app = require("express")();
    app.use(Honeybadger.requestHandler);
    app.get("/checkout/:order", () => checkout());
    app.use(Honeybadger.errorHandler);
    visit(app);
  },
});
