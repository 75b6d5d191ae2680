"""Transformations after which it is still the same bug: each makes of a base two events."""

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec.structs import replace

from app.model import Breadcrumb, Event, Frame, Request, UserAgent
from tests.digest.unseen import frames, messages

Two = tuple[Event, Event]
_ROOT = "/srv/webshop"
_FOLDERS = (
    "/home/ada/src/shop-2",
    "/app",
    "/var/www/releases/20260102030405",
    "/private/var/containers/Bundle/Application/1B4E28BA-2FA1-11D2-883F-0016D3CCA427/Shop.app",
    "/Users/grace/Library/Mobile Documents/shop (copy)",
    r"C:\Users\Ada Lovelace\shop",
    r"D:\build\agent_12\_work\3\s",
    "/builds/group/shop",
    "/tmp/tmpab_x12/shop",
    "/opt/render/project/src",
)
# Functions that have their names from a machine, in two runs or builds.
_GENERATED = (
    ("_func_0x7f3a5c0d1e20", "_func_0x10b2"),
    ("make.<locals>.<lambda>", "make.<locals>.<lambda>"),
    ("handler_140234234", "handler_9912345"),
    ("<lambda>", "<lambda>"),
    ("__lambda0", "__lambda12"),
    ("lambda_3", "lambda_14"),
    ("wrapper_1b4e28ba2fa111d2883f0016d3cca427", "wrapper_facade00beef1cafe2dead3beef4abad"),
    ("$Proxy12", "$Proxy7"),
    ("lambda$save$0", "lambda$save$12"),
    ("save$$Lambda$14/0x0000000800c8b040", "save$$Lambda$3/0x00007f1c3c0c9a18"),
    ("fn__1234", "fn__98"),
    ("{closure}", "{closure}"),
    ("closure#1", "closure#4"),
    ("anonymous_1", "anonymous_22"),
    ("<anonymous>", "<anonymous>"),
    (
        "_app_views_carts_show_html_erb__3145728983459872_70123",
        "_app_views_carts_show_html_erb___99887766_4700",
    ),
    ("save.func1", "save.func3"),
    ("block_invoke_2", "block_invoke_5"),
    ("<Save>b__3_0", "<Save>b__5_1"),
)
_GENERATED_IN_SCRIPTS = (
    ("handler$1", "handler$12"),
    ("_callee3$", "_callee17$"),
    ("<anonymous>", "?"),
    ("__webpack_require__.7041", "__webpack_require__.118"),
    ("eval at pay (app.js:1:7), <anonymous>", "eval at pay (app.js:9:71), <anonymous>"),
)
_ORIGIN = re.compile(r"^https?://[^/]+")
_ORIGINS = (
    "https://shop.example",
    "https://cdn-7.shop.example:8443",
    "http://localhost:5173",
    "https://d1a2b3c4.cloudfront.example",
)


def lines_moved(event: Event, chance: Random) -> Two | None:
    by = chance.choice([1, 3, 17, 240])

    def moved(frame: Frame) -> Frame:
        line = frame.line + by if frame.line is not None else None
        return replace(frame, line=line, context=tuple((number + by, text) for number, text in frame.context))

    return (event, frames.each(event, moved)) if _has_frames(event) else None


def context_lost(event: Event, _chance: Random) -> Two | None:
    """Another version of the client sends the source, or more of it, where functions have names."""
    stack = frames.raised(event)
    if not any(frame.context for frame in stack) or any(f.in_app and not frames.is_named(f) for f in stack):
        return None
    return event, frames.each(event, lambda frame: replace(frame, context=()))


def columns_moved(event: Event, chance: Random) -> Two | None:
    def moved(frame: Frame) -> Frame:
        return replace(frame, column=None if frame.column is None else frame.column + chance.randint(1, 40))

    return (event, frames.each(event, moved)) if _has_frames(event) else None


def elsewhere(event: Event, chance: Random) -> Two:
    """Another machine, user, process, release, moment; other state at hand."""
    number = chance.randint(2, 10**6)
    request = event.request or Request()
    later = event.timestamp + timedelta(days=chance.randint(1, 300), seconds=chance.randint(0, 9999))
    two = replace(
        event,
        event_id=f"{number:032x}",
        timestamp=later,
        received_at=later,
        release=f"shop@{number}",
        environment="production",
        server_name=f"web-{number}.example",
        breadcrumbs=(Breadcrumb(message=f"clicked {number}"),),
        request=replace(request, url=f"https://shop.example/orders/{number}?q={number}", query=f"q={number}"),
        user={"id": str(number), "email": f"user{number}@example.com"},
        tags={**event.tags, "shard": str(number)},
        contexts={"runtime": {"version": str(number)}},
        modules={"flask": str(number)},
        user_agent=UserAgent(raw=f"Mozilla/5.0 {number}"),
    )
    named = (replace(one, name=f"Thread-{number}", id=str(number)) for one in event.threads)
    return event, replace(two, threads=tuple(named))


def other_locals(event: Event, chance: Random) -> Two | None:
    return (
        (
            event,
            frames.each(event, lambda frame: replace(frame, vars={"order": chance.randint(1, 999)})),
        )
        if _has_frames(event)
        else None
    )


def other_folder(event: Event, chance: Random) -> Two | None:
    folder = chance.choice(_FOLDERS)
    two = frames.each(event, lambda frame: _moved(frame, lambda path: _into(path, folder)))
    return (event, two) if two != event else None


def other_origin(event: Event, chance: Random) -> Two | None:
    """The same script from another host, port or scheme."""
    origin = chance.choice(_ORIGINS)
    two = frames.each(event, lambda frame: _moved(frame, lambda path: _ORIGIN.sub(origin, path)))
    return (event, two) if two != event else None


def hashed_bundle(event: Event, chance: Random) -> Two | None:
    """The same bundle of two builds."""
    ways: tuple[Callable[[str], tuple[str, str]], ...] = (
        lambda stem: (f"{stem}.3f9c1a.js", f"{stem}.b07e44.js"),
        lambda stem: (f"{stem}.0a1b2c3d4e5f60718293.js", f"{stem}.ffeeddccbbaa99887766.js"),
        lambda stem: (f"{stem}-BDxZ1abc.js", f"{stem}-C_9kqP2w.js"),
        lambda stem: (f"{stem}-5HKNWQZB.js", f"{stem}-PTYJ4ZLC.js"),
        lambda stem: (f"{stem}.min.js?v=1.2.3", f"{stem}.min.js?v=20260102"),
        lambda stem: (f"{stem}.js?3f9c1a", f"{stem}.js?b07e44#x"),
        lambda stem: (f"{stem}.3f9c1a2b.chunk.js", f"{stem}.99aa0b1c.chunk.js"),
        lambda stem: (f"{stem}.bundle.1764000000.js", f"{stem}.bundle.1764999999.js"),
        lambda stem: (f"{stem}.js", f"{stem}.js?t=1764000000123"),
    )
    way = chance.choice(ways)

    def named(which: int) -> Callable[[str], str]:
        return lambda path: re.sub(r"([\w.-]*?)\.js$", lambda found: way(found[1])[which], path)

    def renamed(which: int) -> Event:
        return frames.each(event, lambda frame: _moved(frame, named(which)) if frame.in_app else frame)

    if event.platform != "javascript" or renamed(0) == event:
        return None
    return renamed(0), renamed(1)


def webpack(event: Event, chance: Random) -> Two | None:
    ways = (
        ("webpack:///./src/%s", "webpack:///src/%s"),
        ("webpack:///./src/%s?3f9c", "webpack:///./src/%s?b07e"),
        ("webpack-internal:///./src/%s", "webpack:///./src/%s"),
        ("webpack://shop/./src/%s", "webpack:///./src/%s"),
        ("app:///src/%s", "webpack:///./src/%s"),
        ("webpack://_N_E/./src/%s?", "webpack:///./src/%s"),
        ("webpack-internal:///(rsc)/./src/%s", "webpack-internal:///./src/%s"),
    )
    way = chance.choice(ways)

    def named(prefix: str) -> Event:
        return frames.each(
            event, lambda frame: _moved(frame, lambda path: prefix % re.split(r"[\\/]", path)[-1])
        )

    if event.platform not in {"javascript", "node"} or not _has_frames(event):
        return None
    return named(way[0]), named(way[1])


def other_browser(event: Event, chance: Random) -> Two | None:
    """Firefox or Safari instead of Chrome: how they name functions, what frames of their own they show."""
    if event.platform != "javascript" or not frames.in_app(frames.raised(event)):
        return None
    firefox = chance.random() < 0.5

    def renamed(frame: Frame) -> Frame:
        name = frame.function
        if name and name not in {"?", "<anonymous>"}:
            name = re.sub(r"^(?:async |new )+", "", name).split(" [as ")[0]
            name = name.rpartition(".")[2] if not firefox or chance.random() < 0.5 else name
        return replace(frame, function=name or ("?" if firefox else ""), column=(frame.column or 1) + 3)

    def own(stack: frames.Stack) -> frames.Stack:
        changed = tuple(renamed(frame) for frame in stack)
        if firefox:
            return changed
        native = Frame(filename="[native code]", function="promiseReactionJob", in_app=False)
        return (native, *changed)

    return event, frames.each_stack(event, own)


def anonymous(event: Event, _chance: Random) -> Two | None:
    """How browsers and their clients call what has no name."""
    names = ("<anonymous>", "?", None, "", "anonymous", "Object.<anonymous>", "(anonymous)")
    stack = frames.raised(event)
    first = next((at for at, frame in enumerate(stack) if frame.in_app), None)
    if event.platform not in {"javascript", "node"} or first is None or len(frames.in_app(stack)) < 3:
        return None
    one, two = _chance.sample(names, 2)

    def called(name: str | None) -> Event:
        return frames.raised_stack(
            event, lambda own: (*own[:first], replace(own[first], function=name), *own[first + 1 :])
        )

    return called(one), called(two)


def recursion(event: Event, chance: Random) -> Two | None:
    """One frame that calls itself, more or less often."""
    places = frames.in_app(frames.raised(event))
    if not places:
        return None
    at = chance.choice(places)

    def deep(times: int) -> Event:
        return frames.raised_stack(event, lambda own: (*own[:at], *(own[at],) * times, *own[at + 1 :]))

    return deep(2), deep(chance.choice([3, 9, 60]))


def mutual_recursion(event: Event, chance: Random) -> Two | None:
    """Two frames that call each other, more or less often."""
    places = [at for at in frames.in_app(frames.raised(event)) if at]
    pairs = [at for at in places if at - 1 in places]
    if not pairs:
        return None
    at = chance.choice(pairs)

    def deep(times: int) -> Event:
        return frames.raised_stack(
            event, lambda own: (*own[: at - 1], *own[at - 1 : at + 1] * times, *own[at + 1 :])
        )

    return deep(2), deep(chance.choice([3, 8, 30]))


def generated_name(event: Event, chance: Random) -> Two | None:
    """A function that has its name from a machine, in two runs or builds."""
    script = event.platform in {"javascript", "node"}
    names = (*_GENERATED, *_GENERATED_IN_SCRIPTS) if script else _GENERATED
    stack = frames.raised(event)
    places = frames.in_app(stack)
    if not places:
        return None
    at = chance.choice(places)
    one, two = chance.choice(names)

    def called(name: str) -> Event:
        return frames.raised_stack(
            event, lambda own: (*own[:at], replace(own[at], function=name), *own[at + 1 :])
        )

    return called(one), called(two)


def framework_outside(event: Event, chance: Random) -> Two | None:
    """Another version of what calls the app: more frames of it, or none."""
    wrapping = {
        "python": (
            ("flask/app.py", "/usr/lib/python3/dist-packages/flask/app.py", "full_dispatch_request"),
            (
                "gunicorn/workers/sync.py",
                "/venv/lib/python3.13/site-packages/gunicorn/workers/sync.py",
                "handle",
            ),
            ("celery/app/trace.py", "/venv/lib/python3.12/site-packages/celery/app/trace.py", "trace_task"),
            ("threading.py", "/usr/lib/python3.12/threading.py", "_bootstrap_inner"),
            ("<frozen runpy>", "<frozen runpy>", "_run_module_as_main"),
            ("asyncio/runners.py", "/usr/local/lib/python3.14/asyncio/runners.py", "run"),
            ("concurrent/futures/thread.py", "/usr/lib/python3.11/concurrent/futures/thread.py", "run"),
        ),
        "node": (
            (
                "node:internal/process/task_queues",
                "node:internal/process/task_queues",
                "processTicksAndRejections",
            ),
            ("/srv/x/node_modules/express/lib/router/layer.js", None, "Layer.handle [as handle_request]"),
            ("/srv/x/node_modules/koa-compose/index.js", None, "dispatch"),
            ("node:events", "node:events", "Server.emit"),
            ("node:internal/timers", None, "process.processTimers"),
        ),
        "javascript": (
            (
                "https://shop.example/node_modules/react-dom/cjs/react-dom.development.js",
                None,
                "callCallback",
            ),
            ("[native code]", None, "forEach"),
            ("<anonymous>", None, "Array.forEach"),
            ("webpack:///./node_modules/zone.js/dist/zone.js", None, "ZoneDelegate.invoke"),
        ),
    }
    known = wrapping.get(event.platform or "")
    if known is None or not frames.in_app(frames.raised(event)):
        return None
    picked = chance.sample(known, chance.randint(1, min(3, len(known))))
    new = tuple(
        Frame(filename=name, abs_path=path, function=function, line=chance.randint(1, 900), in_app=False)
        for name, path, function in picked
    )
    return event, frames.raised_stack(event, lambda own: (*new, *own))


def framework_gone(event: Event, _chance: Random) -> Two | None:
    """Another version of the runtime or framework has no frames of its own outside."""
    stack = frames.raised(event)
    if not frames.in_app(stack) or all(frame.in_app for frame in stack):
        return None
    first = next(at for at, frame in enumerate(stack) if frame.in_app)
    return (event, frames.raised_stack(event, lambda own: own[first:])) if first else None


def framework_renamed(event: Event, chance: Random) -> Two | None:
    """Another version of a framework, between the app's own frames, has other functions."""
    stack = frames.raised(event)
    if not frames.in_app(stack) or all(frame.in_app for frame in stack):
        return None

    def renamed(frame: Frame) -> Frame:
        return (
            frame
            if frame.in_app
            else replace(frame, function=f"{frame.function}_v2", line=chance.randint(1, 99))
        )

    return event, frames.raised_stack(event, lambda own: tuple(renamed(frame) for frame in own))


def other_runtime(event: Event, _chance: Random) -> Two | None:
    """Another version of Python in the folder of its packages."""
    two = frames.each(
        event, lambda frame: _moved(frame, lambda path: path.replace("python3.11", "python3.14"))
    )
    return (event, two) if two != event else None


def other_numbers(event: Event, chance: Random) -> Two | None:
    told = messages.told(event)
    if event.logger == "csp-violation":
        return None  # it names the host
    other = messages.other_digits(told, chance)
    return (event, messages.of(event, other)) if other != told else None


def other_at_hand(event: Event, chance: Random) -> Two | None:
    """The message goes on with something that differs each time."""
    if event.logger == "csp-violation" or (event.message and event.exceptions):
        return None
    one, two = messages.ALIKE[chance.choice(list(messages.ALIKE))]
    told = messages.told(event)
    return messages.of(event, f"{told}: {one}"), messages.of(event, f"{told}: {two}")


def fixed_fingerprint(event: Event, _chance: Random) -> Two:
    """The app says itself what belongs together."""
    one = replace(event, fingerprint=("payment", "basic"))
    changed = replace(one, exceptions=(), threads=(), message="something else", title="something else")
    return one, changed


def composed(event: Event, chance: Random) -> Two:
    """Several at once, as it is in life."""
    steps = (
        lines_moved,
        elsewhere,
        other_folder,
        other_origin,
        other_locals,
        other_numbers,
        framework_outside,
    )
    two = event
    for step in steps:
        made = step(two, chance)
        two = made[1] if made else two
    return event, two


def _has_frames(event: Event) -> bool:
    return any(one.frames for one in event.exceptions) or any(one.frames for one in event.threads)


def _moved(frame: Frame, path: Callable[[str], str]) -> Frame:
    return replace(
        frame,
        filename=path(frame.filename) if frame.filename else frame.filename,
        abs_path=path(frame.abs_path) if frame.abs_path else frame.abs_path,
    )


def _into(path: str, folder: str) -> str:
    if not path.startswith(_ROOT):
        return path
    rest = path.removeprefix(_ROOT)
    return folder + (rest.replace("/", "\\") if "\\" in folder else rest)


ALL: tuple[Callable[[Event, Random], Two | None], ...] = (
    lines_moved,
    context_lost,
    columns_moved,
    elsewhere,
    other_locals,
    other_folder,
    other_origin,
    hashed_bundle,
    webpack,
    other_browser,
    anonymous,
    recursion,
    mutual_recursion,
    generated_name,
    framework_outside,
    framework_gone,
    framework_renamed,
    other_runtime,
    other_numbers,
    other_at_hand,
    fixed_fingerprint,
    composed,
)
