import pytest

from app.protocols.bugsnag import platforms


@pytest.mark.parametrize(
    ("exception_type", "notifier", "platform"),
    [
        ("browserjs", None, "javascript"),
        ("nodejs", "Bugsnag Node", "node"),
        ("reactnativejs", "Bugsnag React Native", "javascript"),
        ("android", "Android Bugsnag Notifier", "java"),
        ("C", "Android NDK Bugsnag Notifier", "native"),
        (None, "Ruby Bugsnag Notifier", "ruby"),
        (None, "Bugsnag PHP (Official)", "php"),
        ("", "Bugsnag Go", "go"),
        ("unheard_of", "Bugsnag Go", "go"),
        (None, "A notifier of our own", None),
        (None, None, None),
    ],
)
def test_the_type_of_an_exception_goes_before_the_notifier(
    exception_type: str | None, notifier: str | None, platform: str | None
) -> None:
    assert platforms.find(exception_type, notifier) == platform


def test_a_type_that_names_no_platform() -> None:
    assert platforms.is_known("Python")
    assert not platforms.is_known("unheard_of")
