from datetime import UTC, datetime

from app.protocols.delivery import Delivery
from app.protocols.sketch import Sketch, delivered


def test_the_event_of_a_sketch_is_built_only_when_it_is_wanted() -> None:
    built = []

    def deliver() -> Delivery:
        built.append(1)
        return Delivery(project="shop")

    sketch = Sketch(lambda: b"same", "0" * 32, datetime(2026, 11, 23, tzinfo=UTC), deliver)
    assert built == []

    assert delivered(sketch) == Delivery(project="shop")
    assert built == [1]


def test_a_delivery_is_one_already() -> None:
    delivery = Delivery(project="shop", others={"log": 1})

    assert delivered(delivery) is delivery
