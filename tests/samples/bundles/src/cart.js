// The shop's cart.
export class Cart {
  constructor(items) {
    this.items = items;
  }

  total(currency) {
    let sum = 0;
    for (const item of this.items) {
      sum += priceOf(item, currency);
    }
    return sum;
  }
}

function priceOf(item, currency) {
  const price = item.prices[currency];
  return price.amount * item.quantity;
}
