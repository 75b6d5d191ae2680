// `airbrake` is what the lines above have set up. Its timers keep a process alive for ever, so each case ends it.
const { checkout, checkoutAll, checkoutLater, failure, run, visit } = require("./shop.js");

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
  process.exit(0);
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
  aggregate() {
    checkoutAll();
  },
  express() {
    const { makeErrorHandler, makeMiddleware } = require("@airbrake/node/dist/instrumentation/express");
    const app = require("express")();
    app.use(makeMiddleware(airbrake));
    app.get("/checkout/:order", () => checkout());
    app.use(makeErrorHandler(airbrake));
    visit(app, async () => {
      await airbrake.flush();
      process.exit(0);
    });
  },
});
