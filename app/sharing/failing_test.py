"""A failing test in the language of the app that failed: by its platform, its framework and its frames."""

from msgspec import Struct

from app.model import Event
from app.sharing import http_case, other_tests, python_test
from app.sharing.other_tests import Maker

_MAKERS: dict[str, tuple[str, Maker]] = {
    "javascript": ("Jest or Vitest", other_tests.javascript),
    "java": ("JUnit", other_tests.java),
    "ruby": ("RSpec", other_tests.ruby),
    "go": ("Go", other_tests.go),
    "php": ("PHPUnit", other_tests.php),
    "csharp": ("xUnit", other_tests.csharp),
}
_PLATFORMS = {
    "node": "javascript",
    "javascript": "javascript",
    "java": "java",
    "kotlin": "java",
    "scala": "java",
    "ruby": "ruby",
    "go": "go",
    "php": "php",
    "csharp": "csharp",
    "dotnet": "csharp",
    "python": "python",
}
_SUFFIXES = {
    ".py": "python",
    ".js": "javascript",
    ".ts": "javascript",
    ".tsx": "javascript",
    ".jsx": "javascript",
    ".mjs": "javascript",
    ".vue": "javascript",
    ".java": "java",
    ".kt": "java",
    ".rb": "ruby",
    ".go": "go",
    ".php": "php",
    ".cs": "csharp",
}
_FRAMEWORKS = (("fastapi", "fastapi"), ("starlette", "fastapi"), ("flask", "flask"), ("django", "django"))


class FailingTest(Struct, frozen=True):
    """A test's text, and what runs it."""

    runner: str
    text: str


def of_event(event: Event) -> FailingTest:
    """The test: of the request if there is one, or else of the locals where it failed."""
    case = http_case.of_event(event)
    language = _language(event)
    if language in _MAKERS:
        runner, maker = _MAKERS[language]
        return FailingTest(runner, maker(event, case))
    if case is not None:
        return FailingTest("pytest", python_test.of_request(event, case, framework(event)))
    return FailingTest("pytest", python_test.of_locals(event) or python_test.of_nothing(event))


def framework(event: Event) -> str:
    """`flask`, `django`, `fastapi`, or nothing: by what caught the error, its frames, and its modules."""
    mechanisms = [str((raised.mechanism or {}).get("type", "")).lower() for raised in event.exceptions]
    packages = [
        (frame.module or "").partition(".")[0] for raised in event.exceptions for frame in raised.frames
    ]
    for signs in (mechanisms, packages, [name.lower() for name in event.modules]):
        for sign, name in _FRAMEWORKS:
            if any(sign in each if signs is mechanisms else sign == each for each in signs):
                return name
    return ""


def _language(event: Event) -> str:
    known = _PLATFORMS.get((event.platform or "").lower())
    if known is not None:
        return known
    frames = [frame for raised in event.exceptions for frame in raised.frames if frame.in_app]
    for frame in reversed(frames):
        name = (frame.filename or frame.abs_path or "").lower()
        for suffix, language in _SUFFIXES.items():
            if name.endswith(suffix):
                return language
    return "python"
