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


def set_ups(whole: Sequence[str]) -> tuple[Client, ...]:
    """Every assistant, with what to run or to write so that it starts the command `whole`."""
    program, arguments = whole[0], list(whole[1:])
    starts = {"command": program, "args": arguments}
    typed = {"type": "stdio", **starts}
    return (
        _assistant(
            "Claude Code",
            f"claude mcp add --scope user {SERVER} -- {program_command.line(tuple(whole))}",
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
            f"code --add-mcp {program_command.line((json.dumps({'name': SERVER, **starts}),))}",
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
        code=json.dumps(written, indent=2, ensure_ascii=False),
        when_nobody_listens=_WITHOUT_ENGINE,
        note=note,
    )
