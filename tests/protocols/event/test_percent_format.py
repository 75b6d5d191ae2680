import pytest

from app.protocols.event import percent_format


@pytest.mark.parametrize(
    ("template", "params", "text"),
    [
        ("no %s for %s", ["card", "ada"], "no card for ada"),
        ("%(who)s", {"who": "ada"}, "ada"),
        ("%d%%", [91], "91%"),
        ("%s", "one", "one"),
        ("100%", ["x"], "100%"),
        ("%s", [], "%s"),
        ("%s %s", ["one"], "%s %s"),
        ("%d", ["x"], "%d"),
        ("%(a)s", {"b": 1}, "%(a)s"),
        ("%999999999d", [1], "%999999999d"),
        ("%*d", [999999999, 1], "%*d"),
        ("%c", [2**40], "%c"),
    ],
)
def test_filling(template: str, params: object, text: str) -> None:
    assert percent_format.fill(template, params) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("('ada', 1.5)", ("ada", 1.5)),
        ("{'a': [1, None]}", {"a": [1, None]}),
        ("<object at 0x1>", None),
        ("__import__('os')", None),
        ("(" * 500, None),
        ("-" * 9_000 + "1", None),
        ("[" + "1," * 9_000 + "]", None),
        ("9" * 5_000, None),
    ],
)
def test_literals(text: str, value: object) -> None:
    assert percent_format.literal(text) == value
