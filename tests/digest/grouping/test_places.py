import pytest
from msgspec.structs import replace

from app.digest.grouping import places, v2
from app.digest.grouping.places import Which
from app.model import Event
from tests.digest.grouping.events import frame, raised


def same(*events: Event) -> bool:
    return len(set(map(v2.key, events))) == 1


def test_lines_moved_by_an_edit_above_do_not_count() -> None:
    one = frame("<lambda>", line=12, context=((11, "x"), (12, "    total(cart)")))
    two = frame("<lambda>", line=49, context=((49, "total(cart)"), (50, "y")))

    assert same(raised(one), raised(two))


def test_another_folder_does_not_count() -> None:
    assert same(
        *(raised(frame("pay", None, filename=path)) for path in ("/home/a/pay.py", "C:\\b\\pay.py", "pay.py"))
    )


def test_the_depth_of_a_recursion_does_not_count() -> None:
    even, odd = frame("even"), frame("odd")

    assert same(raised(even, odd), raised(*[even, odd] * 40), raised(*[even, odd] * 40, even))


def test_frameworks_do_not_count_where_the_client_calls_all_frames_in_app() -> None:
    spring = frame("doFilter", "org.springframework.web.filter.OncePerRequestFilter")
    own = frame("pay", "shop.Till")
    assert same(raised(own, platform="java"), raised(spring, own, platform="java"))
    assert v2.stacks(raised(spring, platform="java")).which is Which.IN_APP


def test_another_source_line_counts_where_there_is_no_function() -> None:
    one, two = (frame("<lambda>", line=1, context=((1, text),)) for text in ("total(cart)", "tax(cart)"))
    assert not same(raised(one), raised(two))
    assert same(raised(replace(one, function="pay")), raised(replace(two, function="pay")))


def test_a_scripts_own_line_counts_only_where_it_failed_itself() -> None:
    one, two = (frame("<module>", line=1, context=((1, text),)) for text in ("main()", "sys.exit(main())"))
    assert not same(raised(one), raised(two))
    assert same(raised(one, frame("main")), raised(two, frame("main")))


def test_what_raised_the_error_and_what_it_called_do_not_count() -> None:
    def panicked(*functions: str) -> Event:
        return raised(*(frame(function, None, filename="a.rs") for function in functions), platform="rust")

    bare = panicked("shop::main", "shop::total")
    assert same(
        bare,
        panicked("shop::main", "shop::total", "core::panicking::panic_fmt", "rust_begin_unwind"),
        panicked("shop::main", "shop::total", "rust_begin_unwind", "shop::report_panic"),
        panicked("shop::main", "shop::total", "rust_begin_unwind", "shop::total"),
    )
    assert not same(bare, panicked("shop::main", "shop::ship", "rust_begin_unwind"))


def test_where_nothing_but_what_raised_it_is_known_the_message_counts() -> None:
    one, two = (raised(frame("abort", None), platform="native", value=value) for value in ("a b", "c d"))
    assert not same(one, two)


def test_each_place_counts_once_in_the_order_in_which_it_was_reached() -> None:
    frames = [frame("main"), frame("pay", None, filename="/srv/shop/till.py"), frame("main"), frame("charge")]

    assert places.of(frames, "python", Which.IN_APP) == [
        "shop.views:main",
        "till.py:pay",
        "shop.views:charge",
    ]


@pytest.mark.parametrize(
    ("which", "platform", "expected"),
    [
        (Which.OWN, "java", ["shop.Till:pay"]),
        (Which.IN_APP, "java", ["org.springframework.web.Filter:doFilter", "shop.Till:pay"]),
        (
            Which.ALL,
            "java",
            ["java.lang.Thread:run", "org.springframework.web.Filter:doFilter", "shop.Till:pay"],
        ),
        (Which.OWN, "python", ["org.springframework.web.Filter:doFilter", "shop.Till:pay"]),
    ],
)
def test_which_frames_count(which: Which, platform: str, expected: list[str]) -> None:
    frames = [
        frame("run", "java.lang.Thread", in_app=False),
        frame("doFilter", "org.springframework.web.Filter"),
        frame("pay", "shop.Till"),
    ]

    assert places.of(frames, platform, which) == expected


def test_a_place_without_a_name() -> None:
    minified = frame("?", None, filename="https://shop.test/app.js", line=1)
    source = frame("?", None, filename="app.js", line=1, context=((1, "  a.total()  "),))

    (place,), (with_source,) = (places.of([one], "javascript", Which.IN_APP) for one in (minified, source))

    assert (place, places.has_name(place)) == ("app.js:", False)
    assert (with_source, places.has_name(with_source)) == ("app.js:a.total()", True)


@pytest.mark.parametrize(
    ("function", "filename", "wraps"),
    [
        ("sentryWrapped", "app.js", True),
        ("forEach", "[native code]", True),
        ("setTimeout handler*later", "app.js", True),
        ("pay", "app.js", False),
    ],
)
def test_a_frame_that_only_wraps_others(function: str, filename: str, wraps: bool) -> None:
    assert places.wraps(frame(function, None, filename=filename), "javascript") is wraps


def test_a_call_without_a_name_counts_by_its_place_in_its_build() -> None:
    one, other = (
        replace(frame("0x7f00", None, filename="libshop.so"), address=address)
        for address in ("a1+0x10", "a1+0x20")
    )
    again = replace(one, function="0x6a00")
    assert same(raised(one, value="x"), raised(again, value="y"))
    assert not same(raised(one), raised(other))
    assert same(raised(replace(one, function="pay")), raised(replace(other, function="pay")))
