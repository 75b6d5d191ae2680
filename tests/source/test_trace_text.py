"""What is printed is what the runtimes print: their own samples, read by the adapters and printed again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import ExceptionInfo, Frame, Thread
from app.protocols import stacktrace
from app.source import trace_text
from tests.ui.detail.samples import bare_event, make_event

SAMPLES = Path(__file__).parents[1] / "protocols/stacktrace/samples"
EXACT = [
    "java/nomessage java/plain java/unknown_source javascript/node_code javascript/node_plain php/top",
    "php/eval javascript/node_recursion javascript/webpack",
    "ruby/chain ruby/nil ruby/plain ruby/thread rust/anyhow",
]
READ_AGAIN = [
    "dart/vm dart/chain dart/engine ruby/rails ruby/rails_causes",
    "dotnet/mono_async dotnet/mono_chain dotnet/mono_nested dotnet/mono_walk go/error go/index go/nil",
    "go/struct java/chain java/circular java/future java/init java/native java/reflect java/thread",
    "javascript/chromium javascript/node_esm javascript/node_cause_logged",
    "elixir/plain elixir/clause elixir/erl elixir/throw elixir/gen elixir/exunit elixir/phoenix",
    "perl/confess perl/class perl/in perl/undef lua/lua54 lua/luajit lua/love",
    "php/anon php/plain ruby/highlight ruby/ruby34 rust/full rust/index rust/thread",
]


def words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def sample(name: str) -> tuple[str, stacktrace.Parsed]:
    text = (SAMPLES / f"{name}.txt").read_text("utf-8")
    return text, stacktrace.parse(text)


@pytest.mark.parametrize("name", words(EXACT))
def test_it_is_the_text_of_the_runtime(name: str) -> None:
    text, parsed = sample(name)
    assert trace_text.of_exceptions(parsed.exceptions, parsed.platform) in text


@pytest.mark.parametrize("name", words(READ_AGAIN))
def test_it_is_read_again_as_the_same(name: str) -> None:
    _text, parsed = sample(name)
    printed = trace_text.of_exceptions(parsed.exceptions, parsed.platform)
    again = stacktrace.parse(printed)
    assert calls(again.exceptions) == calls(parsed.exceptions)


def calls(exceptions: tuple[ExceptionInfo, ...]) -> list[object]:
    return [
        (e.type, e.value, [(f.module, f.function, f.line, f.filename) for f in e.frames]) for e in exceptions
    ]


def test_a_language_without_a_form_of_its_own_has_a_general_one() -> None:
    raised = ExceptionInfo(type="Oops", value="boom", frames=(Frame(filename="a.cob", function="f", line=3),))
    assert trace_text.of_exceptions((raised,), "cobol") == "Oops: boom\n    at f (a.cob:3)"


def test_an_event_without_exceptions_prints_the_thread_that_crashed() -> None:
    frames = (Frame(filename="a.py", function="f", line=3),)
    event = bare_event(title="it hangs", platform="python", threads=(Thread(crashed=True, frames=frames),))
    assert trace_text.of_event(event) == 'it hangs\n  File "a.py", line 3, in f'


def test_a_frame_is_copied_with_its_lines() -> None:
    frame = Frame(filename="a.py", function="f", line=10, context=((9, "x = 1\n"), (10, "    y()\n")))
    assert trace_text.of_frame(frame) == "a.py:10 in f\n   9  x = 1\n> 10      y()"


FRAMES = st.builds(Frame, function=st.none() | st.text(max_size=5), line=st.none() | st.integers())
SOURCES = st.sampled_from(["__context__", "exceptions[1]", "x[0]"])
EXCEPTIONS = st.builds(
    ExceptionInfo,
    type=st.none() | st.text(max_size=9),
    value=st.none() | st.text(max_size=9),
    parent=st.none() | st.integers(-1, 5),
    mechanism=st.none() | st.builds(dict, source=SOURCES),
    frames=st.lists(FRAMES, max_size=3).map(tuple),
)
PLATFORMS = ["python", "java", "javascript", "ruby", "go", "csharp", "php", "rust", "dart", "native", None]


@given(st.lists(EXCEPTIONS, min_size=1, max_size=6), st.sampled_from(PLATFORMS))
def test_whatever_the_chain_it_is_printed(raised: list[ExceptionInfo], platform: str | None) -> None:
    assert trace_text.of_event(make_event(exceptions=tuple(raised), platform=platform))


def test_ten_thousand_frames_and_a_thousand_exceptions_are_printed() -> None:
    deep = ExceptionInfo(type="E", frames=tuple(Frame(function=f"f{n}", line=n) for n in range(10_000)))
    assert len(trace_text.of_exceptions((deep,), "java").split("\n")) == 10_001
    chain = tuple(ExceptionInfo(type=f"E{n}", parent=n + 1 if n < 999 else None) for n in range(1_000))
    for platform in ("python", "java", "javascript"):
        assert "E0" in trace_text.of_exceptions(chain, platform)


def test_what_java_suppressed_is_no_cause() -> None:
    text = """\
java.lang.IllegalStateException: raised
\tat com.shop.Cart.pay(Cart.java:5)
\tSuppressed: java.io.IOException: closing
\t\tat com.shop.Cart.close(Cart.java:9)
\tCaused by: java.io.EOFException: why
\t\tat com.shop.Cart.flush(Cart.java:11)
Caused by: java.lang.RuntimeException: first
\tat com.shop.Cart.begin(Cart.java:2)"""
    exceptions = stacktrace.parse(text, "java").exceptions
    assert trace_text.of_exceptions(exceptions, "java") == text
