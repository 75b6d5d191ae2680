import pytest

from app.protocols.elastic import rum


@pytest.mark.parametrize(
    ("kind", "message", "has_frames", "expected"),
    [
        # Chromium
        ("TypeError", "Uncaught TypeError: no card", True, ("TypeError", "no card", False)),
        ("TypeError", "no card", True, ("TypeError", "no card", True)),
        (None, "Uncaught TypeError: no card", True, ("TypeError", "no card", False)),
        # Firefox and Safari
        ("TypeError", "TypeError: no card", True, ("TypeError", "no card", False)),
        # A thrown text: the agent takes its beginning for the type
        ("Uncaught no card", "Uncaught no card: 42", False, ("no card", "42", False)),
        ("uncaught exception", "uncaught exception: no card", False, (None, "no card", False)),
        # A rejected promise
        (
            "TypeError",
            "Unhandled promise rejection: TypeError: no card",
            True,
            ("TypeError", "no card", False),
        ),
        (
            "Unhandled promise rejection",
            "Unhandled promise rejection: no card",
            False,
            (None, "no card", False),
        ),
        # A text that the app reports
        ("TypeError", "TypeError: no card", False, ("TypeError", "no card", True)),
        ("", "Script error.", False, (None, "Script error.", True)),
        (None, None, False, (None, None, True)),
        ("TypeError", "", True, ("TypeError", None, True)),
    ],
)
def test_how_browsers_word_a_crash(
    kind: str | None, message: str | None, has_frames: bool, expected: tuple[str | None, str | None, bool]
) -> None:
    assert rum.worded(kind, message, has_frames=has_frames) == expected


def test_causes_have_long_names_too() -> None:
    short = {"ex": {"mg": "outer", "ca": [{"mg": "inner", "st": [{"fn": "f", "li": 3}]}]}, "new": {"mg": 1}}

    assert rum.long_names("error", short) == {
        "exception": {
            "message": "outer",
            "cause": [{"message": "inner", "stacktrace": [{"function": "f", "lineno": 3}]}],
        },
        "new": {"mg": 1},
    }
