"""The server with the SDK's client in the same process; over stdio it is tested in `end2end/test_mcp.py`."""

import asyncio
import threading

import pytest
from mcp import Client
from mcp_types import TextContent

from app.assistants import server, table
from app.settings import Settings
from tests.factories import Store, make_event


@pytest.mark.parametrize("mode", ["legacy", "auto"])
@pytest.mark.parametrize("read_only", [False, True])
def test_the_tools_of_the_table_are_there(
    mode: str, read_only: bool, store: Store, settings: Settings
) -> None:
    async def ask() -> None:
        async with Client(server.made(settings, read_only=read_only), mode=mode) as client:
            listed = (await client.list_tools()).tools
            assert [tool.name for tool in listed] == list(table.tools(read_only=read_only))
            for tool in listed:
                assert tool.annotations is not None
                assert tool.annotations.open_world_hint is False
            result = await client.call_tool("list_issues", {})
            assert not result.is_error

    asyncio.run(ask())


def test_a_cancelled_call_ends_its_thread(store: Store, settings: Settings) -> None:
    store.file(make_event())

    async def ask() -> None:
        async with Client(server.made(settings, read_only=True)) as client:
            before = set(threading.enumerate())
            call = asyncio.create_task(client.call_tool("wait_for_error", {"timeout": 3_000}))
            while not set(threading.enumerate()) - before:
                await asyncio.sleep(0)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            result = await client.call_tool("list_issues", {})
            (content,) = result.content
            assert isinstance(content, TextContent)
            assert "KeyError" in content.text

    # The loop's end waits for its threads: one that went on would hold it for an hour.
    asyncio.run(asyncio.wait_for(ask(), 60))
