"""Variants of an event that are the same bug, or another one, each made by one documented mutation.

A mutation takes an event and gives a pair to compare, or None where the event has nothing that it could
change: mostly the event itself and the changed one, and where the event first has to get what then differs
(a build's hash, a generated name), two changed ones.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Level

Pair = tuple[Event, Event]
Mutation = Callable[[Event], Pair | None]

SCRIPTS = ("javascript", "node")
_NAMELESS = (None, "?", "<module>", "<main>", "<lambda>", "<anonymous>", "{closure}", "{main}")
_NUMBER = re.compile(r"(?<![A-Za-z_])\d+(?![A-Za-z_])")


class Variant(Struct, frozen=True):
    """Two events, and whether they are the same bug."""

    mutation: str
    one: Event
    two: Event
    same: bool


def of(event: Event) -> Iterator[Variant]:
    """Every variant that `event` can have."""
    for same, mutations in ((True, SAME), (False, OTHER)):
        for mutation in mutations:
            pair = mutation(event)
            if pair is not None:
                yield Variant(mutation.__name__, *pair, same)


# How to change an event


def with_frames(event: Event, change: Callable[[Frame], Frame]) -> Event:
    """`event` with every frame changed, those of its exceptions and those of its threads."""
    return with_stacks(event, lambda frames: tuple(change(frame) for frame in frames))


def with_stacks(event: Event, change: Callable[[tuple[Frame, ...]], tuple[Frame, ...]]) -> Event:
    """`event` with every stack changed."""
    exceptions = tuple(replace(raised, frames=change(raised.frames)) for raised in event.exceptions)
    threads = tuple(replace(thread, frames=change(thread.frames)) for thread in event.threads)
    return replace(event, exceptions=exceptions, threads=threads)


def with_words(event: Event, change: Callable[[str], str]) -> Event:
    """`event` with every message changed."""
    exceptions = tuple(
        replace(raised, value=change(raised.value) if raised.value else raised.value)
        for raised in event.exceptions
    )
    message = change(event.message) if event.message else event.message
    return replace(event, exceptions=exceptions, message=message)


def with_raised(event: Event, raised: ExceptionInfo) -> Event:
    """`event` with another exception at the end of its chain."""
    return replace(event, exceptions=(*event.exceptions[:-1], raised))


def counted(event: Event) -> Sequence[Frame]:
    """The frames of the raised exception that make the code path: in-app ones, all where none is."""
    frames = event.exceptions[-1].frames if event.exceptions else ()
    # A comprehension's call is its function's own: what changes, changes in both.
    frames = tuple(frame for frame in frames if frame.function != "<listcomp>")
    if any(frame.in_app for raised in event.exceptions for frame in raised.frames):
        return [frame for frame in frames if frame.in_app]
    return frames


def named(frame: Frame) -> bool:
    """Whether the frame's function has a name of its own."""
    name = frame.function or ""
    return bool(re.fullmatch(r"[\w.:#$<>*()\\-]*[A-Za-z]\w*[?!]?", name)) and "anonymous" not in name


def is_left_to_us(event: Event) -> bool:
    """Whether no fingerprint of the client's decides alone."""
    return not event.fingerprint or any("default" in part for part in event.fingerprint)


# The same bug


def edited_above(event: Event) -> Pair | None:
    """Lines were added above: every line number moves."""

    def moved(frame: Frame) -> Frame:
        if frame.line is None:
            return frame
        return replace(
            frame, line=frame.line + 37, context=tuple((number + 37, text) for number, text in frame.context)
        )

    return _changed(event, with_frames(event, moved))


def minified_anew(event: Event) -> Pair | None:
    """Another column of each line."""
    return _changed(
        event, with_frames(event, lambda frame: replace(frame, column=frame.column and frame.column + 113))
    )


def lines_around_edited(event: Event) -> Pair | None:
    """The source around the lines was edited, and each was indented anew."""

    def edited(frame: Frame) -> Frame:
        context = tuple(
            (number, "    " + text if number == frame.line else f"edited {number}")
            for number, text in frame.context
        )
        return replace(frame, context=context)

    return _changed(event, with_frames(event, edited))


def another_user(event: Event) -> Pair | None:
    """Another host, user, release, environment and state."""
    fields = {
        "server_name": "web-17.internal",
        "user": {"id": "4711", "email": "bob@example.org"},
        "environment": "staging",
        "release": "9.9.9",
        "extra": {**event.extra, "cart": [1, 2, 3]},
        "tags": {**event.tags, "region": "eu-3"},
        "level": Level.FATAL,
    }
    return event, replace(event, **fields)


def other_locals(event: Event) -> Pair | None:
    """Other locals in every frame."""
    return event, with_frames(
        event, lambda frame: replace(frame, vars={"order": "4711", "self": "<x at 0x7f>"})
    )


def another_folder(event: Event) -> Pair | None:
    """The app stands in another folder."""

    def moved(frame: Frame) -> Frame:
        if not frame.in_app:
            return frame
        return replace(frame, filename=_elsewhere(frame.filename), abs_path=_elsewhere(frame.abs_path))

    return _changed(event, with_frames(event, moved))


def _elsewhere(path: str | None) -> str | None:
    if path is None:
        return None
    if path.startswith("/"):
        return f"/home/ann/work{path}"
    if re.match(r"[A-Za-z]:\\", path):
        return f"D:\\work{path[2:]}"
    match = re.match(r"(https?://)[^/]+(/.+)", path)
    return f"{match[1]}shop.example.org/v2{match[2]}" if match else path


def other_numbers(event: Event) -> Pair | None:
    """Other numbers in the messages."""
    return _changed(
        event,
        with_words(event, lambda text: _NUMBER.sub(lambda match: str(int(match[0][:9]) * 7 + 13), text)),
    )


_VALUES = (
    (" for order 1042", " for order 7"),
    (" (id 8f14e45f-ceea-467f-a9b8-0123456789ab)", " (id 0b9d1c22-aaaa-4bbb-8ccc-ddddeeeeffff)"),
    (" at 0x7f3a2b10", " at 0x55d0c8e0ffa0"),
    (" since 2026-11-23T12:05:16Z", " since 2025-01-02T03:04:05Z"),
    (" for ada@example.org", " for bob.b+news@mail.example.com"),
    (" from 10.0.0.7:5432", " from 192.168.17.1:5433"),
    (" on https://shop.test/cart/8?x=1", " on https://eu.shop.test/cart/19"),
    (" in /home/ann/shop/orders.db", " in /srv/www/app/orders.db"),
    (" with key cus_NffrFeUfNV2Hib", " with key cus_9s6XKzkNRiz8i3"),
    (" after 1.5 s", " after 12 s"),
    (" reading 'C:\\Users\\ann\\a.db'", " reading 'D:\\data\\b.db'"),
    (" at commit 3f9c1a7", " at commit b04d2e91"),
    (" on Mon, 23 Nov 2026 12:05:16 GMT", " on Tue, 3 Feb 2025 01:02:03 GMT"),
    (" from fe80::1ff:fe23:4567:890a", " from 2001:db8:1:2::1"),
)


def other_values(event: Event) -> Pair | None:
    """Values of every kind in the messages, and other ones of the same kinds."""
    one, two = ("".join(pair[n] for pair in _VALUES[:6]) for n in (0, 1))
    return _changed(with_words(event, lambda text: text + one), with_words(event, lambda text: text + two))


def more_values(event: Event) -> Pair | None:
    """The same with other kinds."""
    one, two = ("".join(pair[n] for pair in _VALUES[6:]) for n in (0, 1))
    return _changed(with_words(event, lambda text: text + one), with_words(event, lambda text: text + two))


def deeper_recursion(event: Event) -> Pair | None:
    """The last in-app calls once more, 40 times."""
    tail = [frame for frame in counted(event) if named(frame)][-2:]
    if not tail or not event.exceptions or not event.exceptions[-1].frames:
        return None
    raised = event.exceptions[-1]
    last = max(index for index, frame in enumerate(raised.frames) if frame is tail[-1])
    frames = (*raised.frames[: last + 1], *tail * 40, *raised.frames[last + 1 :])
    return event, with_raised(event, replace(raised, frames=frames))


def newer_framework(event: Event) -> Pair | None:
    """The frames of frameworks and runtimes are others, and one more."""
    if not any(frame.in_app for raised in event.exceptions for frame in raised.frames):
        return None

    def newer(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        if not any(frame.in_app for frame in frames):
            return frames
        middleware = Frame(
            filename="/opt/lib/middleware.x", module="lib.middleware", function="call", in_app=False
        )
        return (
            middleware,
            *(frame if frame.in_app else replace(frame, function=f"{frame.function}_v2") for frame in frames),
        )

    return event, with_stacks(event, newer)


def without_source(event: Event) -> Pair | None:
    """The client could not read the source; only where every function has a name."""
    frames = [frame for raised in event.exceptions for frame in raised.frames if frame.in_app]
    if not frames or not all(named(frame) for frame in frames) or not any(frame.context for frame in frames):
        return None
    return event, with_frames(event, lambda frame: replace(frame, context=()))


def as_firefox_reports(event: Event) -> Pair | None:
    """The same stack as Firefox tells it: without receivers, `new` and built-in calls, `async*` in front."""
    return _as_reported(event, lambda name: "" if name == "?" else name, nameless="")


def as_safari_reports(event: Event) -> Pair | None:
    """The same stack as Safari tells it: built-in calls are native code, code outside functions is named."""
    return _as_reported(event, lambda name: name.replace("async*", ""), nameless="?")


def _as_reported(event: Event, change: Callable[[str], str], nameless: str) -> Pair | None:
    if event.platform != "javascript" or not event.exceptions or "chrome-extension" in str(event.exceptions):
        return None

    def retold(frame: Frame) -> Frame:
        name = re.sub(r" \[as .*\]$", "", frame.function or "")
        name = re.sub(r"^async ", "async*", re.sub(r"^new ", "", name))
        name = name if re.fullmatch(r"<\w+>|\(.*\)", name) else name.rpartition(".")[2]
        if name in ("<anonymous>", "", "?"):
            name = nameless
        return replace(frame, function=change(name) or None)

    def stack(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        return tuple(retold(frame) for frame in frames if frame.filename != "<anonymous>")

    return event, with_stacks(event, stack)


def built_anew(event: Event) -> Pair | None:
    """The bundle has the hash of another build in its name."""
    return _renamed_files(event, ".3f9c1a.", ".b04d2e.")


def built_by_vite(event: Event) -> Pair | None:
    """The same, as Vite writes hashes, and with a query."""
    return _renamed_files(event, "-BxK29dQa.", "-D7_qLm0z.", "?v=1718")


def _renamed_files(event: Event, one: str, two: str, query: str = "") -> Pair | None:
    if event.platform not in SCRIPTS or not event.exceptions:
        return None

    def renamed(mark: str, query: str) -> Event:
        def change(path: str | None) -> str | None:
            if path is None or not path.endswith((".js", ".mjs", ".cjs", ".ts")):
                return path
            head, _dot, extension = path.rpartition(".")
            return f"{head}{mark}{extension}{query}"

        def rename(frame: Frame) -> Frame:
            if not frame.in_app:
                return frame
            return replace(frame, filename=change(frame.filename), abs_path=change(frame.abs_path))

        return with_frames(event, rename)

    return _changed(renamed(one, ""), renamed(two, query))


def as_webpack_reports(event: Event) -> Pair | None:
    """The files have webpack's prefix."""
    if event.platform not in SCRIPTS:
        return None

    def prefixed(frame: Frame) -> Frame:
        path = frame.filename
        if not frame.in_app or path is None or not path.endswith(".js"):
            return frame
        return replace(frame, filename="webpack:///./src/" + path.rpartition("/")[2], abs_path=None)

    return _changed(event, with_frames(event, prefixed))


# By platform: the same generated call, twice: (module, function) each.
_GENERATED: Mapping[str, Sequence[tuple[tuple[str | None, str], tuple[str | None, str]]]] = {
    "java": (
        (("shop.Till", "lambda$pay$0"), ("shop.Till", "lambda$pay$13")),
        (("$Proxy12", "pay"), ("$Proxy134", "pay")),
        (("jdk.proxy2.$Proxy12", "pay"), ("jdk.proxy3.$Proxy7", "pay")),
        (
            ("shop.Till$$EnhancerBySpringCGLIB$$3f9c1a7b", "pay"),
            ("shop.Till$$EnhancerBySpringCGLIB$$b04d2e91", "pay"),
        ),
        (("shop.Order$HibernateProxy$pbzkTH1x", "total"), ("shop.Order$HibernateProxy$Qa71Lm0z", "total")),
        (("shop.Order_$$_jvst1a7_0", "total"), ("shop.Order_$$_jvstb04_3", "total")),
        (
            ("shop.Till$$Lambda$14/0x0000000800c03000", "run"),
            ("shop.Till$$Lambda$97/0x00007f1a04d2e918", "run"),
        ),
        (("shop.core$pay$fn__1234", "invoke"), ("shop.core$pay$fn__987", "invoke")),
        (("shop.Till$1", "run"), ("shop.Till$2", "run")),
        (("shop.Cart$total$1", "invokeSuspend"), ("shop.Cart$total$3", "invokeSuspend")),
        (
            ("jdk.internal.reflect.GeneratedMethodAccessor14", "invoke"),
            ("jdk.internal.reflect.GeneratedMethodAccessor231", "invoke"),
        ),
        (("shop.Cart$", "$anonfun$total$1"), ("shop.Cart$", "$anonfun$total$12")),
    ),
    "python": (
        (("shop.views", "_func_0x7f3a2b10"), ("shop.views", "_func_0x55d0c8e0")),
        (("shop.views", "<lambda>"), ("shop.views", "<lambda>")),
        (("shop.rules", "rule_9183421"), ("shop.rules", "rule_5512098")),
    ),
    "ruby": (
        (
            (None, "_app_views_orders_show_html_erb__1840374692834_23480"),
            (None, "_app_views_orders_show_html_erb___938472_4711"),
        ),
        ((None, "block in pay"), (None, "block (2 levels) in pay")),
    ),
    "php": (
        ((None, "{closure:Shop\\pay():12}"), (None, "{closure:Shop\\pay():31}")),
        (
            (None, "class@anonymous/srv/shop/a.php:12$0::ship"),
            (None, "class@anonymous/var/www/a.php:31$3::ship"),
        ),
    ),
    "go": (
        (("main", "main.pay.func1"), ("main", "main.pay.func2")),
        (("main", "main.pay.func1.2"), ("main", "main.pay.func3.1")),
    ),
    "rust": (
        ((None, "shop::pay::h3f9c1a7b3f9c1a7b"), (None, "shop::pay::hb04d2e91b04d2e91")),
        ((None, "shop::pay::{{closure}}"), (None, "shop::pay::{closure#0}")),
    ),
    "csharp": (
        (("Shop.Till+<>c__DisplayClass5_0", "<Pay>b__0"), ("Shop.Till+<>c__DisplayClass9_1", "<Pay>b__3")),
        (("Shop.Till+<Pay>d__5", "MoveNext"), ("Shop.Till+<Pay>d__12", "MoveNext")),
    ),
    "javascript": (
        ((None, "Object.<anonymous>"), (None, "?")),
        ((None, "Cart.save [as commit]"), (None, "Cart.save")),
    ),
}


def _generated(number: int) -> Mutation:
    def mutation(event: Event) -> Pair | None:
        platform = "javascript" if event.platform == "node" else event.platform or ""
        rows = _GENERATED.get(platform, ())
        if number >= len(rows) or not event.exceptions or not event.exceptions[-1].frames:
            return None
        return tuple(_with_call(event, *call) for call in rows[number])  # type: ignore[return-value]

    mutation.__name__ = f"generated_{number}"
    return mutation


def _with_call(event: Event, module: str | None, function: str) -> Event:
    """One more in-app call, in front of the last one."""
    raised = event.exceptions[-1]
    near = raised.frames[-1]
    call = replace(near, module=module or near.module, function=function, in_app=True, context=())
    return with_raised(event, replace(raised, frames=(*raised.frames[:-1], call, near)))


def wrapped_by_the_client(event: Event) -> Pair | None:
    """The client's own wrapper stands among the app's frames."""
    if event.platform != "javascript" or not counted(event):
        return None
    raised = event.exceptions[-1]
    call = replace(raised.frames[-1], function="sentryWrapped", in_app=True)
    return event, with_raised(event, replace(raised, frames=(call, *raised.frames)))


def made_up_type(event: Event) -> Pair | None:
    """The client made the exception up, each time with another type."""
    if not event.exceptions or not counted(event):
        return None
    raised = event.exceptions[-1]
    mechanism = {**(raised.mechanism or {}), "synthetic": True}
    one, two = (
        with_raised(event, replace(raised, type=kind, mechanism=mechanism)) for kind in ("Error", "onerror")
    )
    return one, two


def larger_group(event: Event) -> Pair | None:
    """The raised exception as a group of one leaf, and of three such leaves in nested groups."""
    return _groups(event, leaves=(1, 3), kinds=("ValueError",), nested=True)


def _groups(event: Event, leaves: tuple[int, int], kinds: Sequence[str], *, nested: bool) -> Pair | None:
    if len(event.exceptions) != 1 or not event.exceptions[0].frames:
        return None
    root = event.exceptions[0]

    def group(count: int, kinds: Sequence[str], deep: bool) -> Event:
        frames = root.frames[-1:]
        total = count * len(kinds)
        own = [
            ExceptionInfo(type=kind, value="part 12", frames=frames, parent=total) for kind in kinds
        ] * count
        holders = (
            [replace(root, type="ExceptionGroup", value=f"parts ({total} sub-exceptions)", parent=total + 1)]
            if deep
            else []
        )
        top = replace(root, type="ExceptionGroup", value=f"parts ({total} sub-exceptions)")
        return replace(event, exceptions=(*own, *holders, top))

    return group(leaves[0], kinds[:1], False), group(leaves[1], kinds, nested)


# Another bug


def another_caller(event: Event) -> Pair | None:
    """The same error with the same message, reached by one more call."""
    if not is_left_to_us(event) or not counted(event):
        return None
    raised = event.exceptions[-1]
    near = counted(event)[0]
    call = replace(near, function="refund_all", context=())
    return event, with_raised(event, replace(raised, frames=(call, *raised.frames)))


def another_path(event: Event) -> Pair | None:
    """The same error by another call in the middle of the stack."""
    frames = [frame for frame in counted(event) if named(frame)]
    if not is_left_to_us(event) or len(frames) < 2:
        return None
    return event, _with_function(event, frames[0], "restock")


def another_function(event: Event) -> Pair | None:
    """The same error in another function."""
    frames = [frame for frame in counted(event) if named(frame)]
    if not is_left_to_us(event) or not frames:
        return None
    return event, _with_function(event, frames[-1], "cancel")


def numbered_function(event: Event) -> Pair | None:
    """The same error in two functions that only a number tells apart, as people number what they write."""
    frames = [frame for frame in counted(event) if named(frame)]
    if not is_left_to_us(event) or not frames:
        return None
    return _with_function(event, frames[-1], "step_1"), _with_function(event, frames[-1], "step_2")


def _with_function(event: Event, frame: Frame, name: str) -> Event:
    owner = re.match(r"(?:.*(?:::|\.|->|#))?", frame.function or "")
    other = replace(frame, function=(owner[0] if owner else "") + name)

    def stack(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        return tuple(other if each is frame else each for each in frames)

    return with_stacks(event, stack)


def another_module(event: Event) -> Pair | None:
    """A module of the same file name in another folder, where the client tells modules."""
    frames = [frame for frame in counted(event) if frame.module and frame.module != "__main__"]
    if not is_left_to_us(event) or not frames:
        return None
    last = frames[-1]
    other = replace(last, module=f"billing.{last.module}")
    return event, with_frames(event, lambda frame: other if frame is last else frame)


def another_file(event: Event) -> Pair | None:
    """A function of the same name in another file, where the client tells no modules."""
    frames = [
        frame
        for frame in counted(event)
        if not frame.module and frame.filename and frame.filename.endswith((".py", ".js", ".rb", ".php"))
    ]
    if not is_left_to_us(event) or not frames:
        return None
    last = frames[-1]
    head, _dot, extension = (last.filename or "").rpartition(".")
    other = replace(last, filename=f"{head}_billing.{extension}", abs_path=None)
    return event, with_frames(event, lambda frame: other if frame is last else frame)


def another_type(event: Event) -> Pair | None:
    """Another type at the same place."""
    if not is_left_to_us(event) or not event.exceptions:
        return None
    raised = event.exceptions[-1]
    if (raised.mechanism or {}).get("synthetic"):
        return None
    return event, with_raised(event, replace(raised, type="StockError"))


def another_cause(event: Event) -> Pair | None:
    """Another cause below it."""
    if not is_left_to_us(event) or not event.exceptions:
        return None
    cause = replace(event.exceptions[-1], type="OSError", parent=None, mechanism=None)
    exceptions = tuple(
        raised if raised.parent is None else replace(raised, parent=raised.parent + 1)
        for raised in event.exceptions
    )
    return event, replace(event, exceptions=(cause, *exceptions))


def other_words(event: Event) -> Pair | None:
    """A message of other words, where only messages tell."""
    if not is_left_to_us(event) or event.exceptions or not event.message or event.tags.get("report"):
        return None
    other = replace(event, message="warehouse unreachable, " + event.message[::-1][:40])
    if "logentry" in event.extra:
        entry = {"message": "warehouse %s unreachable", "params": ["b"]}
        other = replace(other, extra={**event.extra, "logentry": entry})
    return event, other


def other_quoted_name(event: Event) -> Pair | None:
    """A message that names another part of the program, without frames."""
    if not is_left_to_us(event) or not event.exceptions:
        return None
    bare = replace(event.exceptions[-1], frames=(), parent=None)
    one, two = (
        replace(
            event, exceptions=(replace(bare, value=f"'Cart' object has no attribute '{name}'"),), threads=()
        )
        for name in ("total", "discount")
    )
    return one, two


def another_directive(event: Event) -> Pair | None:
    """Another directive of the content security policy."""
    return _report(event, lambda words: re.sub(r"CSP: \S+", "CSP: frame-src", words))


def another_blocked_host(event: Event) -> Pair | None:
    """Another host blocked by the content security policy."""
    return _report(event, lambda words: re.sub(r"blocked .*", "blocked cdn2.tracker.example", words))


def _report(event: Event, change: Callable[[str], str]) -> Pair | None:
    if event.tags.get("report") != "csp-violation":
        return None
    other = replace(with_words(event, change), title=change(event.title))
    return event, other


def other_leaves(event: Event) -> Pair | None:
    """A group with one more kind of leaf."""
    if not is_left_to_us(event):
        return None
    return _groups(event, leaves=(1, 1), kinds=("ValueError", "LookupError"), nested=False)


def another_fingerprint(event: Event) -> Pair | None:
    """The client's fingerprint says something else."""
    return replace(event, fingerprint=(*event.fingerprint, "eu")), replace(
        event, fingerprint=(*event.fingerprint, "us")
    )


def another_line_of_a_script(event: Event) -> Pair | None:
    """Another line of what has no function around it, where the client tells source."""
    frames = counted(event)
    if not is_left_to_us(event) or not frames:
        return None
    last = frames[-1]
    if last.function not in _NAMELESS or not last.context or last.line is None:
        return None
    other = replace(
        last, context=tuple((n, "restock(shelf)" if n == last.line else text) for n, text in last.context)
    )
    return event, with_frames(event, lambda frame: other if frame is last else frame)


def logged_elsewhere(event: Event) -> Pair | None:
    """The same words, logged by another function, where the client tells the stack of a message."""
    if not is_left_to_us(event) or event.exceptions:
        return None
    frames = [frame for thread in event.threads for frame in thread.frames if frame.in_app and named(frame)]
    return (event, _with_function(event, frames[-1], "restock")) if frames else None


def _changed(one: Event, two: Event) -> Pair | None:
    return (one, two) if one != two else None


SAME: Sequence[Mutation] = (
    edited_above,
    minified_anew,
    lines_around_edited,
    another_user,
    other_locals,
    another_folder,
    other_numbers,
    other_values,
    more_values,
    deeper_recursion,
    newer_framework,
    without_source,
    as_firefox_reports,
    as_safari_reports,
    built_anew,
    built_by_vite,
    as_webpack_reports,
    *(_generated(number) for number in range(12)),
    wrapped_by_the_client,
    made_up_type,
    larger_group,
)
OTHER: Sequence[Mutation] = (
    another_caller,
    another_path,
    another_function,
    numbered_function,
    another_module,
    another_file,
    another_type,
    another_cause,
    other_words,
    other_quoted_name,
    another_directive,
    another_blocked_host,
    other_leaves,
    another_fingerprint,
    another_line_of_a_script,
    logged_elsewhere,
)
