"""Answers one call: whatever is asked and however it goes, it is a text that fits."""

import logging
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from app.assistants import outside, table
from app.assistants.call import Call, Refused
from app.assistants.tool import MOST_BUDGET, Tool
from app.plain_text import one_line

_LONGEST_NAME = 60
_log = logging.getLogger(__name__)


class Answer(Struct, frozen=True):
    """What goes back. With `failed`, the text says why, and what to do next."""

    text: str
    failed: bool = False


def answer(call: Call, name: str, arguments: Mapping[str, Any]) -> Answer:
    """Call the tool `name`. Takes as long as the tool does, so it belongs on a thread."""
    tools = table.tools(read_only=call.is_read_only)
    tool = tools.get(name)
    try:
        if tool is None:
            raise Refused(_unknown(name, tools))
        text = tool.answer(call, tool.read(arguments))
    except Refused as refused:
        return _answer(tool, str(refused), failed=True)
    except Exception:  # noqa: BLE001 - a bug in one call must not take all other tools away
        _log.exception("%s failed", one_line(name, _LONGEST_NAME))
        return Answer(
            f"Arecibo made a mistake in {one_line(name, _LONGEST_NAME)}: this is a bug of Arecibo, not of "
            "the call. The server's log (stderr) has the traceback; doctor says whether something is "
            "wrong here, too.",
            failed=True,
        )
    return _answer(tool, text)


def _answer(tool: Tool | None, text: str, *, failed: bool = False) -> Answer:
    """An answer that says before the first code mark what stands in such marks."""
    if tool is None or not tool.is_ours:
        at = text.find("`")
        if at >= 0 and outside.WARNING not in text[:at]:
            text = f"{outside.WARNING}\n\n{text}"
    return Answer(outside.sealed(text, MOST_BUDGET), failed)


def _unknown(name: str, tools: Mapping[str, object]) -> str:
    shown = outside.code(one_line(name, _LONGEST_NAME))
    if table.is_left_out(name):
        return (
            f"{shown} changes something, and this server was started to read only. The person can start it "
            "without --read-only."
        )
    near = get_close_matches(name[:_LONGEST_NAME], tools, 1)
    return f"There is no tool {shown}. " + (
        f"Did you mean {near[0]}?" if near else f"There are {', '.join(tools)}."
    )
