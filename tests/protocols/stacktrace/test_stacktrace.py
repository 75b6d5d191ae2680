from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.stacktrace import Parsed, parse
from tests.protocols.stacktrace.reading import SAMPLES, said, sample, text_of

NAMES = sorted(path.relative_to(SAMPLES).with_suffix("").as_posix() for path in SAMPLES.rglob("*.txt"))
PLATFORMS = ["python", "javascript", "node", "java", "csharp", "go", "ruby", "php", "rust"]
PLATFORMS += [
    "elixir",
    "perl",
    "powershell",
    "lua",
    "r",
    "julia",
    "cocoa",
    "native",
    "haskell",
    "ocaml",
    "nim",
]
PLATFORMS += ["crystal", "zig", "tcl", "bash"]
LOG = "2026-01-01 12:00:00 ERROR Could not charge"
PYTHON = (
    'Traceback (most recent call last):\n  File "/srv/shop/pay.py", line 3, in pay\n    x()\nKeyError: 1\n'
)


@pytest.mark.parametrize("name", NAMES)
def test_the_language_is_recognised_in_the_text(name: str) -> None:
    language = {"javascript": ("javascript", "node"), "dotnet": ("csharp",), "swift": ("cocoa",)}
    folder = Path(name).parent.name

    parsed = sample(name)
    assert parsed.platform in language.get(folder, (folder,))
    assert parsed.exceptions[-1].frames or parsed.exceptions[-1].value
    assert parse(text_of(name), "cobol") == parsed


@pytest.mark.parametrize("name", NAMES)
def test_what_surrounds_a_stack_trace_does_not_matter(name: str) -> None:
    text = text_of(name)
    parsed = sample(name)

    assert parse(text.replace("\n", "\r\n")).exceptions == parsed.exceptions
    logged = parse(f"{LOG}\n{text}")
    assert logged.exceptions == parsed.exceptions
    assert logged.before.startswith(LOG)
    assert parse(f"{LOG}\n{text}").frames == parsed.exceptions[-1].frames


def test_a_log_line_stands_before() -> None:
    parsed = parse(f"{LOG}\n\n{PYTHON}")
    assert (parsed.before, parsed.platform) == (LOG, "python")
    assert said(parsed) == [("KeyError", "1")]

    same_line = parse(f"{LOG}: {PYTHON}")
    assert same_line.before == f"{LOG}:"
    assert same_line.exceptions == parsed.exceptions


def test_a_known_platform_stays() -> None:
    assert parse(PYTHON, "node").platform == "node"
    assert said(parse(PYTHON, "node")) == [("KeyError", "1")]
    assert parse(PYTHON, "other").platform == "python"
    assert parse("words", "go") == Parsed(platform="go", before="words")


def test_the_trace_that_begins_first_counts() -> None:
    node = text_of("javascript/node_map")

    assert parse(f"{PYTHON}{node}").platform == "python"
    assert parse(f"Error: it says\n{PYTHON}\n    at f (/srv/a.js:1:2)\n").platform == "node"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "Could not charge order 7: card declined at 12:30:15.",
        "Meet me\nat 10:30:15\nat the bank (see notes.txt:3:4)",
        "at noon on Jan. 5th 10:30:15",
        "Dear Ann,\n    at home (see the letter)\nfrom Bob",
        "Error at line 5 of checkout.php",
        "Note: the shop is closed\nWarning: stock is low",
        "mail ann@example.com:80:1 or bob@example.com",
        '{"error": {"message": "no", "stack": "Error: no\\n    at pay (/srv/pay.js:1:2)"}, "line": 3}',
        '{\n  "at": "pay (a.js:1:2)",\n  "file": "pay.go:12"\n}',
        "<html><body><p>at pay (shop)</p>\n<pre>Error: no</pre></body></html>",
        "at,file,line\npay,a.js,1\nann@example.com,b.js,2",
        "name: shop\nerrors:\n  - at: pay (x)\n",
        "src/main.rs:3:5: warning: unused",
        "1: one\n2: two\n   at three",
        "#0 is the first\n#1 {main} is not",
        "goroutine 1 [running]: is what Go prints",
        "panic: nobody panics here",
        "SELECT * FROM a WHERE b = 'x@y' -- at z()",
        '127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 500 12',
        "Traceback of a parcel: lost",
    ],
)
def test_other_text_is_no_stack_trace(text: str) -> None:
    assert parse(text) == Parsed(before=text.rstrip())
    for platform in PLATFORMS:
        assert parse(text, platform).frames == ()


LINES = st.sampled_from(sorted({line for name in NAMES for line in text_of(name).split("\n")}))
PIECES = st.sampled_from(
    ["  ", "    ", "\t", "{", "}", "},", "[errors]: [", "]", "Caused by: ", "---> ", "from "]
)
TEXT = st.text(max_size=30)
HOSTILE = st.lists(st.one_of(LINES, st.tuples(PIECES, LINES | TEXT).map("".join), TEXT), max_size=30).map(
    "\n".join
)


@given(HOSTILE, st.sampled_from([None, *PLATFORMS, "other"]))
def test_any_text_is_read(text: str, platform: str | None) -> None:
    parsed = parse(text, platform)

    for index, raised in enumerate(parsed.exceptions):
        assert raised.parent is None or index < raised.parent < len(parsed.exceptions)
    assert not parsed.before or parsed.before[-1].strip()
    frames = parse(text, platform).frames
    assert frames == (parsed.exceptions[-1].frames if parsed.exceptions else ())


@given(st.text())
def test_even_text_of_no_shape_is_read(text: str) -> None:
    parse(text)
    parse(text, "node")


@pytest.mark.parametrize("name", NAMES)
def test_many_lines_cost_no_more_than_their_number(name: str) -> None:
    # What grows with the square would take minutes here.
    lines = text_of(name).split("\n")
    parse("\n".join(lines * (20_000 // len(lines))))
    parse("\n".join(line + "\n" + line * 50 for line in lines) * 5)


@pytest.mark.parametrize(
    "piece", ["/", "\\", "a.", ":1", "A::", "(", "<", "' ", "`+a", " ---> ", "at ", "\t", "{", "~"]
)
def test_long_lines_cost_no_more_than_their_length(piece: str) -> None:
    # Nested repetitions in a pattern would take hours here.
    call = "    at pay (/srv/pay.js:1:2)\n\tat a.B.c(D.java:1)\n   at A.B.C(String s)\na.rb:1:in `x'\n"
    for head in (
        "",
        "    at ",
        "at a.b(",
        "thread 'a' panicked at '",
        "#0 /a(1): ",
        "a.rb:1:in `x': ",
        "Error: ",
        "f@http://",
    ):
        for tail in ("", ")", ":1:1)", "': x"):
            parse(f"{head}{piece * 1500}{tail}\n" * 3 + call)
            parse(f"{head}{piece * 20_000}{tail}\n" + call)


def test_nesting_has_an_end() -> None:
    deep = "".join(f"{'  ' * n}[cause]: Error: x\n{'  ' * n}    at f (/x.js:1:2) {{\n" for n in range(1, 500))
    assert len(parse(f"Error: x\n    at f (/x.js:1:2) {{\n{deep}").exceptions) <= 60
    assert parse(
        "System.AException: x" + " ---> System.AException: y" * 5000 + "\n   at A.B.C()\n"
    ).exceptions
    groups = "".join(f"{'  ' * n}  | ValueError: 1\n" for n in range(1200))
    assert parse(f"  + Exception Group Traceback (most recent call last):\n{groups}").exceptions
    frame = "\tat a.b(C.java:1)\n"
    java = "".join(f"Caused by: java.lang.Error: x\n{frame}\t... 999 more\n" for _ in range(3000))
    chain = parse(f"java.lang.Error: x\n{frame * 1000}{java}").exceptions
    assert sum(len(raised.frames) for raised in chain) < 10_000


@pytest.mark.parametrize("mark", ["\ufeff", "\u202e", "\ufeff\u200f"])
def test_marks_that_nobody_sees_before_a_text_hide_no_heading(mark: str) -> None:
    assert parse(f"{mark}{text_of('go/repanic')}") == parse(text_of("go/repanic"))


@pytest.mark.parametrize(
    "before",
    [
        "E/AndroidRuntime( 812): ",
        "11-30 01:13:54.123   812   812 E AndroidRuntime: ",
        "11-30 01:13:54.123 W/System.err(  812): ",
    ],
)
def test_what_the_log_of_android_writes_before_each_line_is_left_out(before: str) -> None:
    lines = text_of("java/chain").rstrip("\n").split("\n")

    parsed = parse("".join(f"{before}{line}\n" for line in lines))

    assert parsed.exceptions == sample("java/chain").exceptions
    assert parsed.unread == 0
