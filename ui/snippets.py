"""What to paste into an app so that its errors arrive here, the DSN filled in."""

from msgspec import Struct

from app import address
from ui.address_button import DEFAULT_PROJECT


class Snippet(Struct, frozen=True):
    """How to point one kind of app at the engine. `install` is a line for the terminal, or nothing."""

    name: str
    install: str
    code: str


def snippets(url: str) -> tuple[Snippet, ...]:
    """All of them, for the engine at `url`."""
    dsn = address.dsn(url, DEFAULT_PROJECT)
    python = f'sentry_sdk.init(\n    dsn="{dsn}",\n    include_local_variables=True,\n)'
    script = f'Sentry.init({{\n  dsn: "{dsn}",\n}});'
    return (
        Snippet(
            "Python",
            "pip install sentry-sdk",
            f"import sentry_sdk\n\n{python}\n\n1 / 0",
        ),
        Snippet(
            "Django",
            'pip install "sentry-sdk[django]"',
            f"# settings.py\nimport sentry_sdk\n\n{python}",
        ),
        Snippet(
            "Flask",
            'pip install "sentry-sdk[flask]"',
            f"import sentry_sdk\nfrom flask import Flask\n\n{python}\napp = Flask(__name__)",
        ),
        Snippet(
            "Node",
            "npm install @sentry/node",
            "// instrument.js, required before anything else\n"
            f'const Sentry = require("@sentry/node");\n\n{script}',
        ),
        Snippet(
            "Browser",
            "npm install @sentry/browser",
            f'import * as Sentry from "@sentry/browser";\n\n{script}',
        ),
        Snippet(
            "curl",
            "",
            f"curl '{url}/api/1/store/?sentry_key={DEFAULT_PROJECT}' \\\n"
            "  -H 'Content-Type: application/json' \\\n"
            '  -d \'{"message": "It works", "level": "error"}\'',
        ),
    )
