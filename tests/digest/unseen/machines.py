"""What compilers, frameworks and runtimes change in a stack: it is still the same bug."""

from random import Random

from msgspec.structs import replace

from app.model import Event, Frame
from tests.digest.unseen import frames
from tests.digest.unseen.pairs import Two

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
        event, lambda frame: frames.moved(frame, lambda path: path.replace("python3.11", "python3.14"))
    )
    return (event, two) if two != event else None
