// A shop that fails in the way its first argument names; V8 prints the trace, whoever runs it.
class PaymentError extends Error {
  constructor(message, options) {
    super(message, options)
    this.name = 'PaymentError'
  }
}

class Cart {
  #lines
  constructor(lines) {
    this.#lines = lines
  }
  get total() {
    return this.#lines.reduce((sum, line) => sum + this.#price(line), 0)
  }
  #price(line) {
    return line.price.amount * line.count
  }
  static of(json) {
    return new Cart(JSON.parse(json))
  }
}

function charge(card, amount) {
  if (amount > 100) throw new PaymentError(`card ${card} declined for ${amount}.00 EUR`)
}

async function ship(order) {
  await null
  throw new Error(`carrier did not answer for order ${order}`)
}

const cases = {
  price: () => new Cart([{ count: 2 }]).total,
  declined: () => charge('4111', 250),
  parse: () => Cart.of('{"lines": ['),
  callback: () => [2, 1, 0].forEach((n) => { if (!n) throw new RangeError(`${n} is no amount`) }),
  later: () => setTimeout(() => charge('4111', 250), 0),
  rejected: async () => { await ship(12) },
  cause: () => {
    try { charge('4111', 250) } catch (cause) { throw new Error('order 12 failed', { cause }) }
  },
  aggregate: () => { throw new AggregateError([new TypeError('a'), new RangeError('b')], 'two failed') },
  evaluated: () => eval('(function named() { return missing.price })()'),
  undefined: () => taxRate(12),
  method: () => ({}).checkout(),
  recursion: () => { const deeper = (n) => deeper(n + 1) + 1; deeper(0) },
  bound: () => charge.bind(null, '4111')(250),
  generator: () => { function* lines() { yield null.price } return [...lines()] }
}

module.exports = cases
if (require.main === module) {
  const name = process.argv[2]
  Promise.resolve().then(() => cases[name]()).catch((error) => console.error(error.stack))
}
