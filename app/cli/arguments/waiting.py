"""Commands for scripts and assistants: wait for an error, print one issue, the MCP server."""

from app.cli.arguments import one_event
from app.cli.arguments.add import Add
from app.cli.arguments.values import count, wait_seconds


def add_waiting(add: Add) -> None:
    """Add the commands that wait and that print an issue, and the MCP server."""
    wait = add(
        "wait", "wait for the next error, and print it; fails when none came in time", one_event.printing()
    )
    wait.add_argument("--project", metavar="NAME", help="only of this project")
    wait.add_argument("--query", default="", metavar="Q", help="only what this search finds")
    wait.add_argument("--new", action="store_true", help="only an issue that was not there before")
    wait.add_argument(
        "--timeout", type=wait_seconds, metavar="S", help="for so many seconds (default: until Ctrl-C)"
    )
    issue = add("issue", "print one issue with its newest event", one_event.printing())
    issue.add_argument("issue_id", type=count, metavar="ID")
    mcp = add("mcp", "let an assistant read and act here: the MCP server on stdin and stdout")
    mcp.add_argument("--read-only", action="store_true", help="without the tools that change anything")
