"""The language of an app, from the name of the client that it reports with."""

import re

# The first that fits counts: "airbrake-js/node" is Node, and "raygun4java" no JavaScript.
_PLATFORMS = (
    ("node", re.compile(r"\bnode")),
    ("python", re.compile(r"python|(?<![a-z])py(?![a-z])|4py|^py")),
    ("java", re.compile(r"java(?!script)|4java|kotlin|android|spring")),
    ("javascript", re.compile(r"javascript|(?<![a-z])js(?![a-z])|4js|react|vue|browser")),
    ("ruby", re.compile(r"ruby|rails")),
    ("php", re.compile(r"php|laravel|symfony|lumen|wordpress")),
    ("csharp", re.compile(r"\.net|4net|dotnet|csharp|sharpbrake|unity")),
    ("elixir", re.compile(r"elixir")),
    ("go", re.compile(r"(?<![a-z])go(?![a-z])|4go|gobrake|honeybadger-go")),
    ("cocoa", re.compile(r"cocoa|apple|swift|ios")),
)


def platform_of(*names: str | None) -> str | None:
    """The platform as Sentry names it, from the first of `names` that is known."""
    for name in names:
        word = (name or "")[:200].lower()
        for platform, pattern in _PLATFORMS:
            if word and pattern.search(word):
                return platform
    return None
