"""The MCP server on stdio, by the protocol's own SDK; nothing else here knows the protocol.

Calls are answered on threads, so that one that reads for a while holds up no other, and a wait none at all.
The SDK keeps stdout for itself; whatever else is printed goes to stderr.
"""

import contextlib
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import anyio
from anyio import CapacityLimiter, to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool

from app.assistants import table
from app.assistants.answering import Answer, answer
from app.assistants.call import Call, Given
from app.assistants.tool import Tool
from app.settings import Settings

NAME = "arecibo"
# Calls that read take a core each. Waiting ones sleep, and have threads of their own.
_READERS, _WAITERS = 4, 32
_PROGRESS_SECONDS = 1.0
_log = logging.getLogger(__name__)


def run(settings: Settings, *, read_only: bool) -> None:
    """Serve until stdin is closed."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    # Ctrl-C ends the process as SIGTERM does: the thread that reads stdin cannot be woken, and what is
    # written to the store is whole in any case.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        anyio.run(_serve, made(settings, read_only=read_only))
    except* BrokenPipeError:
        # The client has gone in the middle of an answer: that is how a session ends, too.
        _log.info("the client has gone")


def made(settings: Settings, *, read_only: bool) -> "Server[Any]":
    """The server, connected with nobody."""
    tools = _Tools(settings, read_only=read_only)
    return Server(
        NAME,
        title="Arecibo",
        instructions=table.INSTRUCTIONS + (table.READ_ONLY if read_only else ""),
        on_list_tools=tools.list,
        on_call_tool=tools.call,
    )


async def _serve(server: "Server[Any]") -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class _Tools:
    def __init__(self, settings: Settings, *, read_only: bool) -> None:
        self._settings = settings
        self._read_only = read_only
        self._tools = table.tools(read_only=read_only)
        self._readers, self._waiters = CapacityLimiter(_READERS), CapacityLimiter(_WAITERS)

    async def list(self, _context: Any, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_listed(tool) for tool in self._tools.values()])

    async def call(self, context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = self._tools.get(params.name)
        given_up = Given()
        call = Call(self._settings, is_read_only=self._read_only, given_up=given_up)
        waits = tool is not None and tool.waits
        limiter = self._waiters if waits else self._readers
        if waits and limiter.available_tokens == 0:
            return _result(Answer(f"{_WAITERS} calls wait already: cancel one of them first.", failed=True))
        try:
            async with _progress(context) if waits else contextlib.nullcontext():
                answered = await to_thread.run_sync(
                    partial(answer, call, params.name, params.arguments or {}),
                    abandon_on_cancel=True,
                    limiter=limiter,
                )
        finally:
            # Where it was cancelled, the thread is still at it.
            given_up.give_up()
        return _result(answered)


@contextlib.asynccontextmanager
async def _progress(context: Any) -> AsyncIterator[None]:
    """Tell who asked for it, once a second, that the call goes on."""
    begun = time.monotonic()

    async def report() -> None:
        while True:
            await anyio.sleep(_PROGRESS_SECONDS)
            await context.session.report_progress(round(time.monotonic() - begun, 1), None, "waiting")

    async with anyio.create_task_group() as group:
        group.start_soon(report)
        yield
        group.cancel_scope.cancel()


def _result(answered: Answer) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=answered.text)], is_error=answered.failed)


def _listed(tool: Tool) -> ListedTool:
    return ListedTool(
        name=tool.name,
        title=tool.title,
        description=tool.text,
        input_schema=tool.schema(),
        annotations=ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.changes,
            # All of it can be taken back, in the window or by another tool.
            destructive_hint=False,
            idempotent_hint=tool.is_repeatable,
            open_world_hint=False,
        ),
    )
