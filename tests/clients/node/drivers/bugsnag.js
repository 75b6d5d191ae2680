// `Bugsnag` is what the lines above have set up.
const { checkout, checkoutAll, checkoutLater, failure, run, visit } = require("./shop.js");

Bugsnag.setUser("7", "ada@example.com", "ada");
Bugsnag.addMetadata("cart", { items: 2 });
Bugsnag.addFeatureFlag("new-checkout", "on");
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
    const { requestHandler, errorHandler } = Bugsnag.getPlugin("express");
    app.use(requestHandler);
    app.get("/checkout/:order", () => checkout());
    app.use(errorHandler);
    visit(app);
  },
});
