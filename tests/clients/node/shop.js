// The app that fails, the same in every driver: three calls deep, and the raised error has a cause.
"use strict";

const http = require("node:http");

class PaymentError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "PaymentError";
  }
}

function chargeCard(order) {
  return order.card.number;
}

function processOrder(order) {
  try {
    return chargeCard(order);
  } catch (cause) {
    throw new PaymentError(`payment failed for order ${order.id}`, { cause });
  }
}

function checkout() {
  return processOrder({ id: 42 });
}

function failure() {
  try {
    checkout();
  } catch (error) {
    return error;
  }
  throw new Error("checkout was to fail");
}

async function checkoutLater() {
  return checkout();
}

function checkoutAll() {
  throw new AggregateError([new TypeError("no card"), new RangeError("no such coupon")], "two of two failed");
}

// Serves `app` on a free port, asks it for one page that fails, and ends. `done` is called with the status.
function visit(app, done = () => undefined) {
  app.set("env", "test"); // Express prints no stack then
  const server = http.createServer(app);
  server.listen(0, "127.0.0.1", () => {
    const headers = {
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "X-Shop": "north",
    };
    const { port } = server.address();
    const path = "/checkout/42?coupon=none";
    http.get({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () => {
        server.close();
        done(response.statusCode);
      });
    });
  });
}

// Runs the case that the environment names, as a plain callback: what it throws, nobody catches.
function run(cases) {
  const name = process.env.CASE;
  if (!(name in cases)) {
    throw new Error(`no case ${name}`);
  }
  setImmediate(() => {
    cases[name]();
  });
}

module.exports = { checkout, checkoutAll, checkoutLater, failure, run, visit };
