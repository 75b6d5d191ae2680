import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample, text_of

PAY = [
    "com.example.shop.Checkout|main Checkout.java:41",
    "com.example.shop.Checkout|checkout Checkout.java:31",
    "[java.lang.Iterable|forEach Iterable.java:75]",
    "com.example.shop.Checkout|lambda$checkout$0 Checkout.java:31",
]


def test_causes_and_what_was_suppressed() -> None:
    parsed = sample("java/chain")

    assert (parsed.platform, parsed.before) == ("java", "")
    assert said(parsed) == [
        ("IllegalStateException", "the till is stuck"),
        ("IllegalArgumentException", "total is negative\n  total: -1"),
        ("Checkout$ShopException", "could not check out"),
    ]
    suppressed, cause, raised = parsed.exceptions
    assert [one.parent for one in parsed.exceptions] == [1, None, None]
    assert [one.module for one in parsed.exceptions] == ["java.lang", "java.lang", "com.example.shop"]
    assert calls(raised) == [
        "com.example.shop.Checkout|main Checkout.java:41",
        "com.example.shop.Checkout|checkout Checkout.java:33",
    ]
    # "... 1 more" and "... 4 more" are put back.
    assert calls(cause) == [
        *PAY,
        "com.example.shop.Checkout|pay Checkout.java:25",
        "com.example.shop.Checkout|charge Checkout.java:20",
    ]
    assert calls(suppressed) == [
        *PAY,
        "com.example.shop.Checkout|pay Checkout.java:24",
        "com.example.shop.Checkout$Till|close Checkout.java:16",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", [("IllegalArgumentException", "total is negative\n  total: -1")]),
        (
            "nomessage",
            [("NullPointerException", 'Cannot invoke "String.length()" because "null" is null')],
        ),
        ("native", [("ClassNotFoundException", "com.example.Missing")]),
        (
            "reflect",
            [
                ("IllegalArgumentException", "total is negative\n  total: -1"),
                ("InvocationTargetException", None),
            ],
        ),
        (
            "future",
            [
                ("IllegalArgumentException", "total is negative\n  total: -1"),
                (
                    "ExecutionException",
                    "java.lang.IllegalArgumentException: total is negative\n  total: -1",
                ),
            ],
        ),
        ("thread", [("IllegalArgumentException", "total is negative\n  total: -1")]),
        ("circular", [("Exception", "two"), ("Exception", "one")]),
        (
            "init",
            [
                ("NumberFormatException", 'For input string: "x"'),
                ("ExceptionInInitializerError", None),
            ],
        ),
    ],
)
def test_what_was_raised(name: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(sample(f"java/{name}")) == expected


def test_calls_without_a_file() -> None:
    native = only("java/native").frames
    assert [(frame.module, frame.function, frame.filename) for frame in native[1:3]] == [
        ("java.lang.Class", "forName", "Class.java"),
        ("java.lang.Class", "forName0", None),
    ]
    assert calls(only("java/unknown_source")) == ["Loose|main "]


@pytest.mark.parametrize(
    ("line", "module", "function", "file", "number"),
    [
        ("at app//a.b.Shop.pay(Shop.java:3)", "a.b.Shop", "pay", "Shop.java", 3),
        (
            "at java.base@17.0.1/java.lang.Thread.run(Thread.java:840)",
            "java.lang.Thread",
            "run",
            "Thread.java",
            840,
        ),
        ("at a.b.ShopKt.pay-impl(Shop.kt:7) ~[classes/:na]", "a.b.ShopKt", "pay-impl", "Shop.kt", 7),
        ("at a.b.Shop$.$anonfun$pay$1(Shop.scala:7)", "a.b.Shop$", "$anonfun$pay$1", "Shop.scala", 7),
        (
            "at a.b.Shop$$Lambda$14/0x0000000800066840.run(Unknown Source)",
            "a.b.Shop$$Lambda$14/0x0000000800066840",
            "run",
            None,
            None,
        ),
        (
            "at a.b.ShopTest.pays when asked(ShopTest.kt:3)",
            "a.b.ShopTest",
            "pays when asked",
            "ShopTest.kt",
            3,
        ),
        ("at a.b.c(SourceFile:12)", "a.b", "c", "SourceFile", 12),
        ("at a.b.Shop.<init>(Shop.java)", "a.b.Shop", "<init>", "Shop.java", None),
        (
            "at clojure.core$eval.invokeStatic(core.clj:3214)",
            "clojure.core$eval",
            "invokeStatic",
            "core.clj",
            3214,
        ),
    ],
)
def test_one_call(line: str, module: str, function: str, file: str | None, number: int | None) -> None:
    (frame,) = parse(f"\t{line}").frames

    assert (frame.module, frame.function, frame.filename, frame.line) == (module, function, file, number)


def test_the_line_of_a_log_stands_before() -> None:
    text = text_of("java/plain").removeprefix('Exception in thread "main" ')
    log = "12:00:01.123 [main] ERROR com.example.shop.Checkout - Could not charge: java.lang.Error: x"

    parsed = parse(f"{log}\n{text}")
    assert parsed.before == log
    assert said(parsed) == said(sample("java/plain"))
    joined = parse(f"12:00 ERROR c.e.Shop - failed: {text}")
    assert joined.before == "12:00 ERROR c.e.Shop - failed:"
    assert said(joined) == said(parsed)


def test_an_exception_with_an_odd_name() -> None:
    parsed = parse(
        "com.example.Declined: no\n\tat a.B.c(D.java:1)\nCaused by: Oops: x\n\tat a.B.d(D.java:2)\n"
    )

    assert said(parsed) == [("Oops", "x"), ("Declined", "no")]
    assert parsed.exceptions[1].module == "com.example"


def test_logback_can_print_the_root_cause_first() -> None:
    parsed = parse(
        "java.lang.Error: root\n\tat a.B.c(D.java:1)\n"
        "Wrapped by: java.lang.IllegalStateException: outer\n\tat a.B.d(D.java:2)\n"
    )

    assert said(parsed) == [("Error", "root"), ("IllegalStateException", "outer")]


def test_php_of_opentelemetry_looks_alike() -> None:
    parsed = parse(
        "RuntimeException: declined\n\tat Shop.Till.charge(/srv/shop/till.php:6)\n"
        "\tat {main}(/srv/pay.php:2)\n",
        "php",
    )

    assert parsed.platform == "php"
    assert said(parsed) == [("RuntimeException", "declined")]
    assert calls(parsed.exceptions[0]) == ["{main} /srv/pay.php:2", "Shop.Till|charge /srv/shop/till.php:6"]


def test_causes_may_have_messages_with_empty_lines() -> None:
    parsed = parse(
        "java.lang.RuntimeException: not sent;\n  nested exception is:\n\n\tat shop.Main.send(Main.java:23)\n"
        "\tat shop.Main.main(Main.java:3)\n"
        "Caused by: shop.Refused: refused;\n  nested exception is:\nshop.Address: no\n\n"
        "\tat shop.Smtp.rcpt(Smtp.java:206)\n\t... 1 more\n"
    )

    assert parsed.unread == 0
    assert said(parsed) == [
        ("Refused", "refused;\n  nested exception is:\nshop.Address: no"),
        ("RuntimeException", "not sent;\n  nested exception is:"),
    ]
    assert calls(parsed.exceptions[0]) == ["shop.Main|main Main.java:3", "shop.Smtp|rcpt Smtp.java:206"]


def test_a_message_may_look_like_anything_before_the_first_call() -> None:
    parsed = parse(
        'java.lang.Error: refused\n- waiting for approval\n"ada" said so\n\tat a.B.c(B.java:1)\n'
        "Caused by: java.lang.Error: x\n- blocked\n\tat a.B.d(B.java:2)\n"
    )

    assert said(parsed) == [
        ("Error", "x\n- blocked"),
        ("Error", 'refused\n- waiting for approval\n"ada" said so'),
    ]


def test_a_cause_without_calls_ends_at_an_empty_line() -> None:
    parsed = parse(
        "java.lang.Error: x\n\tat a.B.c(B.java:1)\nCaused by: java.lang.Error: y\nmore\n\nINFO done\n"
    )

    assert said(parsed) == [("Error", "y\nmore"), ("Error", "x")]
    assert parsed.unread == 1


def test_the_next_error_of_a_log_is_another() -> None:
    first = "java.lang.Error: x\n\tat a.B.c(B.java:1)\n"
    parsed = parse(f"{first}2026-11-30 01:02:03 ERROR shop - java.lang.Error: y\n\tat a.B.d(B.java:2)\n")
    assert (calls(parsed.exceptions[-1]), parsed.unread) == (["a.B|c B.java:1"], 2)

    parsed = parse(f"{first}2026-11-30 01:02:03 ERROR shop - it is late\n\tat a.B.d(B.java:2)\n")
    assert (calls(parsed.exceptions[-1]), parsed.unread) == (["a.B|d B.java:2", "a.B|c B.java:1"], 1)


REACTOR = """\
shop.CallFailed: refused; nested exception is java.net.ConnectException: refused
\tat shop.Client.call(Client.java:88)
\tSuppressed: {kind}:
Error has been observed at the following site(s):
\t*__checkpoint ⇢ Request to POST null [DefaultWebClient]
\t|_ Mono.map ⇢ at shop.Orders.place(Orders.java:31)
{mark}
\t\tat shop.Client.call(Client.java:88)
\t\tat reactor.core.publisher.Mono.subscribe(Mono.java:55)
\t\tat shop.Orders.place(Orders.java:31)
Caused by: java.net.ConnectException: refused
\tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
\t... 1 more
"""


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (
            "The stacktrace has been enhanced by Reactor, refer to additional information below",
            "Original Stack Trace:",
        ),
        ("reactor.core.publisher.FluxOnAssembly$OnAssemblyException", "Stack trace:"),
    ],
)
def test_what_reactor_took_from_a_trace_is_given_back(kind: str, mark: str) -> None:
    parsed = parse(REACTOR.format(kind=kind, mark=mark))

    assert said(parsed) == [
        ("ConnectException", "refused"),
        ("CallFailed", "refused; nested exception is java.net.ConnectException: refused"),
    ]
    assert calls(parsed.exceptions[1]) == [
        "shop.Orders|place Orders.java:31",
        "[reactor.core.publisher.Mono|subscribe Mono.java:55]",
        "shop.Client|call Client.java:88",
    ]
    assert calls(parsed.exceptions[0]) == [
        "shop.Orders|place Orders.java:31",
        "[sun.nio.ch.Net|pollConnect ]",
    ]
    assert parsed.unread == 3


def test_coroutines_mark_where_they_were_suspended() -> None:
    parsed = parse(
        "shop.Late: late\n\tat shop.PayKt$main$1.invokeSuspend(Pay.kt:12)\n\t(Coroutine boundary)\n"
        "\tat _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)\n\tat shop.PayKt.main(Pay.kt:5)\n"
    )

    assert parsed.unread == 0
    assert calls(parsed.exceptions[0]) == [
        "shop.PayKt|main Pay.kt:5",
        "[_COROUTINE._BOUNDARY|_ CoroutineDebugging.kt:46]",
        "shop.PayKt$main$1|invokeSuspend Pay.kt:12",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("at a.b.c(PG:12)", ("a.b", "c", "PG", 12)),
        ("at a.b.c(r8-map-id-8f3a:12)", ("a.b", "c", "r8-map-id-8f3a", 12)),
        ("at a.b.c(:12)", ("a.b", "c", None, 12)),
        ("at a.b.c(D8$$SyntheticClass)", ("a.b", "c", "D8$$SyntheticClass", None)),
        ("at user$eval1.invoke (form-init.clj:1)", ("user$eval1", "invoke", "form-init.clj", 1)),
    ],
)
def test_what_tools_write_for_the_place(line: str, expected: tuple[str, str, str | None, int | None]) -> None:
    (frame,) = parse(f"\t{line}", "java").frames

    assert (frame.module, frame.function, frame.filename, frame.line) == expected


def test_other_threads_of_a_dump() -> None:
    parsed = parse(
        '"main" #1 prio=5 tid=0x1 nid=0x2 runnable\n   java.lang.Thread.State: RUNNABLE\n'
        "\tat a.B.c(B.java:1)\n\t- locked <0x1> (a java.lang.Object)\n\n"
        '"worker" #2 daemon prio=5 tid=0x3 waiting on condition\n'
        "\tat a.D.e(D.java:2)\n\tat a.D.f(D.java:3)\n\n   Locked ownable synchronizers:\n\t- None\n"
    )

    assert parsed.unread == 0
    assert said(parsed) == [(None, None)]
    assert calls(parsed.exceptions[0]) == ["a.B|c B.java:1"]
    (worker,) = parsed.threads
    assert (worker.name, [frame.function for frame in worker.frames]) == ("worker", ["f", "e"])
