# mypy: ignore-errors
"""A shop that fails in the way its first argument names, and lets the interpreter print the trace."""

import asyncio
import functools
import json
import sys


class PaymentError(Exception):
    pass


class Cart:
    def __init__(self, lines):
        self.lines = lines

    def total(self):
        return sum(self.price(line) for line in self.lines)

    def price(self, line):
        return line["price"] * line["count"]

    def __getattr__(self, name):
        raise AttributeError(f"'Cart' object has no attribute '{name}'")


def retried(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@retried
def charge(card, amount):
    if amount > 100:
        raise PaymentError(f"card {card} declined for {amount}.00 EUR")
    return amount


def pay(order):
    try:
        return charge(order["card"], order["amount"])
    except KeyError as error:
        raise PaymentError(f"order {order} has no card") from error


def lookup():
    Cart([{"count": 2}]).total()


def declined():
    pay({"card": "4111", "amount": 250})


def cause():
    pay({"amount": 250})


def implicit():
    try:
        {}["plan"]
    except KeyError:
        int("twelve")


def attribute():
    Cart([]).discount()


def callback():
    sorted([2, 1, 0], key=lambda n: 10 / n)


def comprehension():
    return [line["price"] for line in [{}]]


def recursion(depth=0):
    return recursion(depth + 1)


def library():
    json.loads('{"order": 12,')


def group():
    def part(number):
        raise (ValueError, KeyError)[number](f"part {number} failed")

    errors = []
    for number in (0, 1, 1):
        try:
            part(number)
        except (ValueError, KeyError) as error:
            errors.append(error)
    raise ExceptionGroup("some parts failed", errors)


def tasks():
    async def ship(order):
        await asyncio.sleep(0)
        raise TimeoutError(f"carrier did not answer for order {order}")

    async def main():
        async with asyncio.TaskGroup() as group:
            group.create_task(ship(12))

    asyncio.run(main())


def name():
    return undefined_tax_rate  # noqa: F821


globals()[sys.argv[1]]()
