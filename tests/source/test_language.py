import pytest

from app.model import Frame
from app.source import language


@pytest.mark.parametrize(
    ("filename", "platform", "expected"),
    [
        ("shop/pay.py", None, "python"),
        ("app.min.js?v=1.py", None, "javascript"),
        ("Pay.kt", "java", "kotlin"),
        ("https://shop.example/a.tsx#x.rb", "javascript", "typescript"),
        ("<string>", "python", "python"),
        ("Makefile", "java-spring", "java"),
        ("a.unknown", None, None),
        (None, "other", None),
    ],
)
def test_the_name_of_the_file_says_it_and_else_the_platform(
    filename: str | None, platform: str | None, expected: str | None
) -> None:
    assert language.of(Frame(filename=filename), platform) == expected
