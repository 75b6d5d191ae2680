// `Sentry` is what the lines above have set up, of whatever version.
const { checkout, checkoutAll, checkoutLater, failure, run, visit } = require("./shop.js");

Sentry.setUser({ id: "7", username: "ada", email: "ada@example.com" });
Sentry.setTag("customer", "ada");
Sentry.setContext("cart", { items: 2 });
Sentry.setExtra("coupon", "none");
Sentry.addBreadcrumb({ category: "cart", message: "opened the cart", level: "info", data: { items: 2 } });

run({
  unhandled() {
    checkout();
  },
  late() {
    setTimeout(checkout, 1000); // by then the debugger is there, which reads local variables
  },
  handled() {
    Sentry.captureException(failure());
  },
  message() {
    Sentry.captureMessage("the cart is empty", "warning");
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
  attachment() {
    Sentry.withScope((scope) => {
      scope.addAttachment({ filename: "cart.json", data: '{"items":\n2}\n', contentType: "application/json" });
      Sentry.captureException(failure());
    });
  },
  feedback() {
    const associatedEventId = Sentry.captureException(failure());
    const said = { name: "Ada", email: "ada@example.com", message: "It hung.", associatedEventId };
    Sentry.captureFeedback(said);
  },
  checkin() {
    Sentry.captureCheckIn({ monitorSlug: "nightly-stock", status: "error" });
  },
  express() {
    const app = require("express")();
    const version7 = Sentry.Handlers;
    if (version7) {
      app.use(version7.requestHandler());
    }
    app.get("/checkout/:order", () => checkout());
    if (version7) {
      app.use(version7.errorHandler());
    } else {
      Sentry.setupExpressErrorHandler(app);
    }
    visit(app);
  },
});
