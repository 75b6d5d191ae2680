"""How each assistant is told of this server: one source for docs/assistants.md, the window and the tests.

Sources: https://code.claude.com/docs/en/mcp, https://cursor.com/docs/mcp,
https://code.visualstudio.com/docs/copilot/customization/mcp-servers, https://zed.dev/docs/ai/mcp
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import program_command
from app.clients import Client

SERVER = "arecibo"
_WITHOUT_ENGINE = (
    "The assistant starts this server itself. Without a window or `serve`, it reads what is stored, and "
    "says that nothing new can arrive."
)


def command(data_dir: Path, *, read_only: bool = False) -> tuple[str, ...]:
    """The command that an assistant starts."""
    return program_command.command("mcp", *(["--read-only"] if read_only else []), data_dir=data_dir)


def shown(whole: Sequence[str]) -> str:
    """A command as a line for this platform's shell."""
    return program_command.line(tuple(whole))


def set_ups(whole: Sequence[str]) -> tuple[Client, ...]:
    """Every assistant, with what to run or to write so that it starts the command `whole`."""
    program, arguments = whole[0], list(whole[1:])
    starts = {"command": program, "args": arguments}
    typed = {"type": "stdio", **starts}
    return (
        _assistant(
            "Claude Code",
            f"claude mcp add --scope user {SERVER} -- {shown(whole)}",
            {"mcpServers": {SERVER: typed}},
            "The line adds it for all of your projects. The JSON is for the file `.mcp.json` of one "
            "project. `/mcp` shows whether it is connected.",
        ),
        _assistant(
            "Cursor",
            "",
            {"mcpServers": {SERVER: starts}},
            "Into `~/.cursor/mcp.json`, or `.cursor/mcp.json` of one project.",
        ),
        _assistant(
            "VS Code",
            f"code --add-mcp {shown([json.dumps({'name': SERVER, **starts})])}",
            {"servers": {SERVER: typed}},
            "The line adds it for you. The JSON is for `.vscode/mcp.json` of one project, or for what "
            "the command “MCP: Open User Configuration” opens.",
        ),
        _assistant(
            "Zed",
            "",
            {"context_servers": {SERVER: {"source": "custom", **starts}}},
            "Into `settings.json`, which the command “zed: open settings file” opens.",
        ),
        _assistant(
            "Another one",
            "",
            {"mcpServers": {SERVER: starts}},
            "Most assistants read JSON of this shape. Whatever speaks MCP on stdio can start the command.",
        ),
    )


def _assistant(name: str, line: str, written: dict[str, Any], note: str) -> Client:
    return Client(
        name=name,
        group="Assistants",
        language="json",
        package="",
        install=line,
        code=_indented(written),
        when_nobody_listens=_WITHOUT_ENGINE,
        note=note,
    )


def _indented(written: dict[str, Any]) -> str:
    """JSON over lines as people write it: a list of arguments stays on one line."""
    lists: list[str] = []

    def put_aside(value: Any) -> Any:
        if isinstance(value, list):
            lists.append(json.dumps(value, ensure_ascii=False))
            return f"\0{len(lists) - 1}\0"
        if isinstance(value, dict):
            return {name: put_aside(each) for name, each in value.items()}
        return value

    text = json.dumps(put_aside(written), indent=2, ensure_ascii=False)
    for number, line in enumerate(lists):
        text = text.replace(f'"\\u0000{number}\\u0000"', line)
    return text
