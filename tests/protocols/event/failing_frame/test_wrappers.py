import pytest

from app.digest.grouping import v2
from app.model import Event, Frame
from app.protocols.event.failing_frame import wrappers
from tests.digest.grouping.events import frame, raised


def same(*events: Event) -> bool:
    return len(set(map(v2.key, events))) == 1


def test_built_in_calls_of_a_browser_do_not_count() -> None:
    def told(*frames: Frame) -> Event:
        return raised(*frames, platform="javascript")

    own = frame("total", None, filename="app.js")
    chromium = told(frame("Array.forEach", None, filename="<anonymous>"), own)
    safari = told(frame("forEach", None, filename="[native code]"), own)
    assert same(chromium, safari, told(own))


def test_the_call_that_set_a_timer_does_not_count() -> None:
    own = frame("later", None, filename="app.js")
    asked = (
        frame("setup", None, filename="app.js"),
        frame("setTimeout handler*setup", None, filename="app.js"),
    )

    assert same(raised(own, platform="javascript"), raised(*asked, own, platform="javascript"))


def test_wrappers_of_the_clients_do_not_count() -> None:
    wrapper = frame("sentryWrapped", None, filename="app.js")
    own = frame("pay", None, filename="app.js")
    assert same(raised(own, platform="javascript"), raised(wrapper, own, platform="javascript"))
    assert same(raised(frame("pay")), raised(frame("pay"), frame("<listcomp>")))


@pytest.mark.parametrize(
    ("function", "module", "is_wrapper"),
    [
        ("sentryWrapped", None, True),
        ("__sentry_wrapped__", None, True),
        ("Object.withScope", None, True),
        ("AsyncLocalStorage.run", None, True),
        ("Hub.run", None, True),
        ("_bugsnag_wrap", None, True),
        ("nrWrapper", None, True),
        ("__awaiter", None, True),
        ("_asyncToGenerator", None, True),
        ("<listcomp>", "shop.views", True),
        ("invoke", "jdk.internal.reflect.DirectMethodHandleAccessor", True),
        ("invoke0", "sun.reflect.NativeMethodAccessorImpl", True),
        ("wrapper", "shop.views", False),
        ("run", "shop.Hub", False),
        ("<lambda>", None, False),
        ("sentryWrappedCart", None, False),
        (None, None, False),
    ],
)
def test_names_of_wrappers(function: str | None, module: str | None, is_wrapper: bool) -> None:
    assert wrappers.is_wrapper(function, module) is is_wrapper


@pytest.mark.parametrize(
    ("path", "is_built_in"),
    [
        ("<anonymous>", True),
        ("[native code]", True),
        ("native", True),
        ("index 0", True),
        ("self-hosted", True),
        ("native.js", False),
        ("https://shop.test/app.js", False),
        (None, False),
    ],
)
def test_calls_of_no_script(path: str | None, is_built_in: bool) -> None:
    assert wrappers.is_built_in(path) is is_built_in


@pytest.mark.parametrize(
    ("function", "begins"),
    [
        ("setTimeout handler*later", True),
        ("promise callback*save", True),
        ("EventListener.handleEvent*add", True),
        ("EventHandlerNonNull*", True),
        ("async*save", False),
        ("save", False),
        (None, False),
    ],
)
def test_firefox_marks_the_call_that_asked_for_another(function: str | None, begins: bool) -> None:
    assert wrappers.was_scheduled(function) is begins
