import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

PAY = ["main|pay /srv/shop/main.go:27", "main|(*Order).Line /srv/shop/main.go:24"]
OUT_OF_RANGE = "runtime error: index out of range [5] with length 0"


def test_a_panic() -> None:
    parsed = sample("go/index")

    assert (parsed.platform, parsed.before) == ("go", "")
    assert said(parsed) == [("panic", "runtime error: index out of range [5] with length 3")]
    assert calls(parsed.exceptions[0]) == ["main|main /srv/shop/main.go:35", *PAY]
    assert parsed.exceptions[0].frames[0].abs_path == "/srv/shop/main.go"


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("nil", "panic", "runtime error: invalid memory address or nil pointer dereference"),
        ("error", "panic", "could not charge: declined"),
        ("custom", "panic", "declined: 3\nask the bank"),
        ("value", "panic", 'main.code("E7")'),
        ("struct", "panic", "(main.Order) 0x8fc940"),
        ("deadlock", "fatal error", "all goroutines are asleep - deadlock!"),
        ("exhausted", "fatal error", "stack overflow"),
    ],
)
def test_what_was_said(name: str, kind: str, value: str) -> None:
    assert said(sample(f"go/{name}")) == [(kind, value)]


def test_the_package_is_the_module() -> None:
    expected = [
        "main|main main.go:70",
        "example.com/shop/till|(*Till[...]).Open till/till.go:11",
        "example.com/shop/till|(*Till[...]).Open.func1 till/till.go:10",
        "main|main.func4 main.go:70",
        "main|pay main.go:27",
        "main|(*Order).Line main.go:24",
    ]
    assert [call.replace("/srv/shop/", "") for call in calls(only("go/method"))] == expected
    assert [call.replace(" example.com/shop/", " ") for call in calls(only("go/trimpath"))] == expected


def test_who_began_a_goroutine_is_its_oldest_call() -> None:
    assert calls(only("go/goroutine")) == [
        "main|main /srv/shop/main.go:63",
        "main|main.func3 /srv/shop/main.go:65",
        *PAY,
    ]
    (frame,) = parse(
        "goroutine 6 [running]:\ncreated by gopkg.in/yaml%2ev3.Load in goroutine 1\n\t/srv/yaml.go:3 +0x4\n"
    ).frames
    assert (frame.module, frame.function) == ("gopkg.in/yaml.v3", "Load")


def test_a_panic_while_cleaning_up_is_caused_by_the_first() -> None:
    parsed = sample("go/repanic")

    assert said(parsed) == [("panic", OUT_OF_RANGE), ("panic", f"while cleaning up: {OUT_OF_RANGE}")]
    cause, raised = parsed.exceptions
    assert calls(cause) == ["main|main /srv/shop/main.go:52", *PAY]
    assert calls(raised)[-2:] == [
        "[panic /usr/lib/go-1.19/src/runtime/panic.go:884]",
        "main|main.func1 /srv/shop/main.go:50",
    ]


def test_what_is_only_raised_again_counts_once() -> None:
    assert said(sample("go/rethrow")) == [("panic", OUT_OF_RANGE)]
    assert calls(only("go/rethrow")) == ["main|main /srv/shop/main.go:59", *PAY]


def test_a_stack_from_within_recover_ends_where_it_failed() -> None:
    debug, served = sample("go/debug"), sample("go/http")

    assert debug.before == "recovered:"
    assert said(debug) == said(served) == [("panic", OUT_OF_RANGE)]
    assert calls(debug.exceptions[0])[-3:] == ["main|main.func6 /srv/shop/main.go:95", *PAY]
    assert served.before.endswith(" http:")
    assert calls(served.exceptions[0])[-4:] == [
        "[net/http|HandlerFunc.ServeHTTP /usr/lib/go-1.19/src/net/http/server.go:2109]",
        "main|main.func7 /srv/shop/main.go:98",
        *PAY,
    ]


def test_errors_with_stacks() -> None:
    parsed = sample("go/pkgerrors")

    assert said(parsed) == [(None, "no row"), (None, "load order 7"), (None, "could not check out")]
    assert [calls(raised)[2:] for raised in parsed.exceptions] == [
        ["main|main /srv/shop/main.go:85", "main|load /srv/shop/main.go:30"],
        ["main|main /srv/shop/main.go:85", "main|load /srv/shop/main.go:30"],
        ["main|main /srv/shop/main.go:85"],
    ]
    assert calls(parsed.exceptions[0])[0] == (
        "[runtime|goexit /usr/lib/go-1.19/src/runtime/asm_amd64.s:1594]"
    )
    assert said(sample("go/withstack")) == [(None, "plain")]


def test_errors_in_a_log() -> None:
    stack = "main.(*Order).Line\n\t/srv/shop/main.go:24\nmain.main\n\t/srv/shop/main.go:35"
    logged = parse(f"2026/11/24 06:44:12 no row\n{stack}\nwith a message\n")
    assert logged.before == "2026/11/24 06:44:12"
    assert said(logged) == [(None, "no row"), (None, "with a message")]

    bare = parse(f"2026-11-24T06:44:12Z\tERROR\tno row\n{stack}\n2026-11-24T06:44:13Z\tINFO\tnext")
    assert bare.before == "2026-11-24T06:44:12Z\tERROR\tno row"
    assert said(bare) == [(None, None)]
    assert calls(bare.exceptions[0]) == [
        "main|main /srv/shop/main.go:35",
        "main|(*Order).Line /srv/shop/main.go:24",
    ]


def test_other_goroutines_are_threads() -> None:
    parsed = sample("go/threads")

    assert [thread.name for thread in parsed.threads] == [
        "goroutine 18 [chan receive]",
        "goroutine 19 [sleep]",
    ]
    assert parsed.threads[0].id == "18"
    assert [frame.function for frame in parsed.threads[0].frames] == ["main", "(*T).wait"]
    assert len(sample("go/concurrent").threads) == 8


def test_the_thread_below_the_goroutines_is_one_too() -> None:
    parsed = sample("go/overflow")

    assert said(parsed) == [("fatal error", "stack overflow")]
    assert parsed.threads[-1].name == "runtime stack"
    assert parsed.threads[-1].frames[-1].function == "throw"


def test_a_race() -> None:
    parsed = sample("go/race")

    assert said(parsed) == [("DATA RACE", "Read by goroutine 7")]
    assert (parsed.before, parsed.unread) == ("0", 0)
    assert calls(parsed.exceptions[0]) == ["main|write /srv/shop/race.go:5"]
    assert [(thread.name, thread.id) for thread in parsed.threads] == [
        ("Previous write by main goroutine", None),
        ("Goroutine 7 (running) created at", "7"),
    ]


@pytest.mark.parametrize("place", ["??:0 +0x6d", ":0", "<autogenerated>:1", "_cgo_gotypes.go:45 +0x4d"])
def test_a_place_that_is_hardly_one(place: str) -> None:
    parsed = parse(
        f"panic: no\n\ngoroutine 1 [running]:\nshop._Cfunc_pay()\n\t{place}\n"
        "main.main()\n\t/a/main.go:4 +0x1a\n"
    )

    assert parsed.frames[0].line == 4
    assert [frame.function for frame in parsed.frames] == ["main", "_Cfunc_pay"]


def test_signals_and_registers_are_no_calls() -> None:
    parsed = parse(
        "SIGSEGV: segmentation violation\nPC=0x46d1b1 m=0 sigcode=1\nsignal arrived during cgo execution\n\n"
        "goroutine 1 gp=0xc000002380 m=0 mp=0x57 [syscall]:\nmain.main()\n\t/a/main.go:4 +0x1a\n\n"
        "rax    0x0\nr12    0x1\nrip    0x46d1b1\ncs     0x33\nexit status 2\n"
    )

    assert said(parsed) == [("SIGSEGV", "segmentation violation")]
    assert (parsed.unread, len(parsed.frames)) == (0, 1)
