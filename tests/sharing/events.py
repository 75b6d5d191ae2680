"""Events for the forms in which they go, and hostile text for each place of them."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Request, Sdk, Thread, UserAgent, from_micros
from tests.factories import NOON, make_event

HOSTILE = (
    "<script>alert(1)</script>",
    "```\n# heading\n```",
    "````` @everyone #123",
    "[click](http://evil.example) ![x](http://evil.example/x.png)",
    "https://evil.example/auto",
    "| a | b |\n|---|---|\n| <b>1</b> | 2 |",
    "</template><img src=x onerror=alert(1)>",
    "-->\n<style>@import 'http://evil.example'</style>",
    "\u202e\x1b[31mred\x00\x85\u2028",
    "'); import os; os.system('x') #",
    '"""\nimport os\n"""',
    '\\u0022; Runtime.getRuntime().exec("x"); //',
    "#{`id`} ${id} {$id} %{id} $(id)",
    "`",
    " ",
    "",
    "\ud800",
)
TEXT = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=60), st.text("`\n\\\"'<>#@[]()|!$ {}", max_size=60)
)


def with_text(text: str, **fields: Any) -> Event:
    """An event that says `text` in every place that a client can write."""
    frame = Frame(
        filename=text,
        abs_path=text,
        module=text,
        function=text,
        line=3,
        context=((2, text), (3, text)),
        vars={text: text, "other": [text, {text: text}]},
    )
    raised = ExceptionInfo(
        type=text, value=text, module=text, mechanism={"type": text}, frames=(frame, frame)
    )
    at = from_micros(NOON)
    given: dict[str, Any] = {
        "title": text,
        "culprit": text,
        "message": text,
        "transaction": text,
        "release": text,
        "environment": text,
        "server_name": text,
        "platform": text,
        "exceptions": (raised, raised),
        "threads": (Thread(id=text, name=text, crashed=True, frames=(frame,)),),
        "breadcrumbs": (
            Breadcrumb(timestamp=at - timedelta(seconds=1), category=text, level=text, message=text),
            Breadcrumb(category=text, data={"url": text, "method": text, text: text}),
        ),
        "request": Request(
            method=text,
            url=text,
            query=text,
            headers={text: text, "Content-Type": text, "X-Fine": text},
            cookies={text: text},
            body={text: text},
            env={text: text},
        ),
        "user": {text: text},
        "tags": {text: text, "fine": text},
        "contexts": {"runtime": {"name": text, "version": text}, text: {text: text}},
        "extra": {text: text},
        "modules": {text: text},
        "user_agent": UserAgent(raw=text, browser=text, os=text, device=text),
        "sdk": Sdk(name=text, version=text),
        "problems": (text,),
    }
    return make_event(**(given | fields))


def odd_events() -> list[Event]:
    """Empty, endless, and inconsistent ones."""
    frame = Frame(filename="a.py", function="again", line=1, context=((1, "again()"),))
    deep: Any = "end"
    for _level in range(200):
        deep = [deep]
    return [
        make_event(exceptions=(), title="", culprit=None),
        make_event(exceptions=(ExceptionInfo(),)),
        make_event(exceptions=(ExceptionInfo(type="E", frames=(frame,) * 10_000),)),
        make_event(message="m" * 1_000_000, title="m" * 5_000),
        make_event(breadcrumbs=tuple(Breadcrumb(message=str(number)) for number in range(5_000))),
        make_event(extra={"deep": deep, "number": 10**400, "nan": float("nan")}),
        make_event(
            exceptions=tuple(ExceptionInfo(type="E", parent=(number + 1) % 20) for number in range(20))
        ),
        make_event(exceptions=tuple(ExceptionInfo(type="E", parent=number - 1) for number in range(20))),
        make_event(title="שלום עולם \u202e evil", request=Request(url="http://[bad", method="get")),
    ]
