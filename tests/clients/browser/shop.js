// The page that fails, the same in every driver: three calls deep, and the raised error has a cause.

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

export function checkout() {
  return processOrder({ id: 42 });
}

export async function checkoutLater() {
  return checkout();
}

export function failure() {
  try {
    checkout();
  } catch (error) {
    return error;
  }
  throw new Error("checkout was to fail");
}

// Runs the case that the page's address names, as a plain callback: what it throws, nobody catches.
export function run(cases) {
  const name = location.hash.slice(1);
  addEventListener("load", () => setTimeout(() => cases[name]()));
}
