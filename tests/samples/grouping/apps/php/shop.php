<?php
// A shop that fails in the way its first argument names, and lets the interpreter print the trace.
namespace Shop;

class PaymentError extends \RuntimeException {}

class Cart
{
    public function __construct(private array $lines) {}

    public function total(): int
    {
        return array_sum(array_map(fn($line) => $this->price($line), $this->lines));
    }

    private function price(?array $line): int
    {
        return $line['price']->amount() * $line['count'];
    }

    public static function of(string $json): self
    {
        return new self(json_decode($json, true, 512, JSON_THROW_ON_ERROR));
    }
}

function charge(string $card, int $amount): void
{
    if ($amount > 100) {
        throw new PaymentError("card $card declined for $amount.00 EUR");
    }
}

function pay(int $order): void
{
    try {
        charge('4111', 250);
    } catch (PaymentError $cause) {
        throw new \LogicException("order $order failed", 7, $cause);
    }
}

$cases = [
    'price' => fn() => (new Cart([['price' => null, 'count' => 2]]))->total(),
    'declined' => fn() => charge('4111', 250),
    'cause' => fn() => pay(12),
    'json' => fn() => Cart::of('{"lines": ['),
    'type' => fn() => charge([], 250),
    'undefined' => fn() => checkout(12),
    'zero' => fn() => intdiv(10, 0),
    'anonymous' => fn() => (new class { function ship(int $order) { throw new \Exception("no carrier for $order"); } })->ship(12),
    'closure' => function () { array_walk($GLOBALS['argv'], function ($argument) { charge('4111', 250); }); },
];
$cases[$argv[1]]();
