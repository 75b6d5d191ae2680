from typing import Any

import pytest

from app.protocols.plain import frames
from app.protocols.wire.notes import Notes


@pytest.mark.parametrize(
    ("stack", "calls"),
    [
        (
            [{"file": "b.js", "line": 2, "function": "g"}, {"file": "a.js", "line": "1"}],
            [("a.js", 1), ("b.js", 2)],
        ),
        ([{"filename": "a.py", "lineno": 1}, {"filename": "b.py", "lineno": 2}], [("a.py", 1), ("b.py", 2)]),
        ([{"file": "/srv/a.php:12"}], [("/srv/a.php", 12)]),
        (["/srv/b.php:2", "/srv/a.php:1"], [("/srv/a.php", 1), ("/srv/b.php", 2)]),
        (["    at g (/srv/b.js:2:1)", "    at f (/srv/a.js:1:1)"], [("/srv/a.js", 1), ("/srv/b.js", 2)]),
        ([{"class": "Pay", "method": "charge"}], [(None, None)]),
        ([{"x": 1}, 5, None], []),
        (["no", "calls"], []),
        ([], []),
    ],
)
def test_stacks_in_lists(stack: list[Any], calls: list[tuple[str | None, int | None]]) -> None:
    assert [(frame.filename, frame.line) for frame in frames.read(stack, None, Notes())] == calls


def test_all_that_a_frame_may_say() -> None:
    (frame,) = frames.read(
        [
            {
                "fileName": "/srv/node_modules/x.js",
                "lineNumber": 3,
                "columnNumber": 4,
                "methodName": "pay",
                "className": "Shop",
                "code": "pay()",
                "locals": {"n": 1},
            }
        ],
        None,
        Notes(),
    )

    assert (frame.module, frame.function, frame.line, frame.column) == ("Shop", "pay", 3, 4)
    assert (frame.in_app, frame.context, frame.vars) == (False, ((3, "pay()"),), {"n": 1})


@pytest.mark.parametrize("text", ["", "x", ":1", "a.js:", "a.js:x", "a.js:" + "9" * 20])
def test_what_is_no_place(text: str) -> None:
    assert frames.place(text) is None
