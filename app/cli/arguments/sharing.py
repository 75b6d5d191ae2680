"""Commands that write and read files."""

from pathlib import Path

from app.cli.arguments.add import Add


def add_sharing(add: Add) -> None:
    """Add the commands that write and read files."""
    files = add("import", "import events from files: exported ones, Sentry's envelopes, JSON, text")
    files.add_argument("files", type=Path, nargs="+", metavar="FILE")
    files.add_argument("--show", action="store_true", help="show the event in the window (one file)")
    export = add("export", "write an event as a file, without its secrets")
    export.add_argument("event_id", metavar="EVENT_ID")
    form = export.add_mutually_exclusive_group()
    for name, text in (
        ("html", "a page that anybody can read and Arecibo can import (the default)"),
        ("raw", "the report as it came, which Arecibo can import"),
        ("markdown", "for a tracker or an assistant"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=text)
    export.add_argument("--output", type=Path, metavar="FILE", help="where to (default: stdout)")
    export.add_argument(
        "--without",
        action="append",
        default=[],
        choices=("locals", "request_body", "user", "breadcrumbs"),
        metavar="PART",
        help="leave out locals, request_body, user or breadcrumbs; may be given several times",
    )
    export.add_argument(
        "--as-it-came", action="store_true", help="with --raw: even where secrets cannot be looked for"
    )
