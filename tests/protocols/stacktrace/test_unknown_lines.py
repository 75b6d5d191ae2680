"""A line that no reader understands, put anywhere into any known stack: all other frames stay."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model import Frame
from app.protocols.stacktrace import Parsed, parse, read
from app.protocols.wire.notes import Notes
from tests.protocols.stacktrace.reading import SAMPLES, text_of

NAMES = sorted(path.relative_to(SAMPLES).with_suffix("").as_posix() for path in SAMPLES.rglob("*.txt"))
ODD = [
    "~~~ here something is missing ~~~",
    "    ??? (no symbols)",
    "[3 calls left out]",
    "2026-11-30 01:13:54 INFO GET /health 200",
    "2026-11-30 01:13:54 ERROR disk is full",
    "warning: the disk is nearly full",
    "\tnothing to see",
    "<html>",
    "-->",
    "}",
    "",
]
AT_A_TIME = 3
# The stacks of these runtimes are read to their last line.
WHOLE = (
    *("python/", "java/", "dotnet/", "go/", "php/", "rust/", "perl/", "lua/", "r/", "julia/", "powershell/"),
    *("haskell/", "ocaml/", "nim/", "crystal/", "zig/", "tcl/", "bash/", "gdscript/", "elixir/exunit"),
)
TWO_ERRORS = ("dotnet/mono_uncaught", "java/init")
WORDS = st.text("abcdefg é…~^*|<>#=", min_size=1, max_size=30)


def frames_of(parsed: Parsed) -> list[tuple[str | None, str | None, int | None]]:
    """Function, file and line of all frames that were read, in the order of the exceptions and threads."""
    chains: list[Sequence[Frame]] = [raised.frames for raised in parsed.exceptions]
    chains += [thread.frames for thread in parsed.threads]
    return [(frame.function, frame.filename, frame.line) for frames in chains for frame in frames]


def missing(before: Parsed, after: Parsed) -> list[tuple[str | None, str | None, int | None]]:
    left = frames_of(after)
    lost = []
    for frame in frames_of(before):
        if frame in left:
            left.remove(frame)
        else:
            lost.append(frame)
    return lost


@pytest.mark.parametrize("name", NAMES)
def test_a_line_that_is_not_understood_costs_no_frame(name: str) -> None:
    lines = text_of(name).rstrip("\n").split("\n")
    before = parse("\n".join(lines))

    lost = {}
    for place in range(len(lines) + 1):
        for number in range(place, place + AT_A_TIME):
            odd = ODD[number % len(ODD)]
            after = parse("\n".join([*lines[:place], odd, *lines[place:]]))
            if found := missing(before, after):
                lost[place, odd] = found

    assert lost == {}


@settings(max_examples=300)
@given(st.sampled_from(NAMES), st.data(), WORDS)
def test_any_words_in_between_cost_no_frame(name: str, data: st.DataObject, words: str) -> None:
    lines = text_of(name).rstrip("\n").split("\n")
    before = parse("\n".join(lines))
    place = data.draw(st.integers(1, len(lines)))
    assume(not parse(words).exceptions)

    after = parse("\n".join([*lines[:place], words, *lines[place:]]))

    assert missing(before, after) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(WHOLE)])
def test_every_line_of_a_known_stack_is_understood(name: str) -> None:
    notes = Notes()
    read(text_of(name), None, notes, "stack")

    # The second error of a sample that holds two is kept as text.
    assert (list(notes.kept), len(notes.problems)) == ((["stack"], 1) if name in TWO_ERRORS else ([], 0))


def test_what_stays_unread_is_kept_as_it_came() -> None:
    lines = text_of("java/plain").rstrip("\n").split("\n")
    text = "\n".join([*lines, "~ lost ~", "~ gone ~"])
    notes = Notes()

    parsed = read(text, "java", notes, "stack")

    assert (parsed.unread, notes.kept) == (2, {"stack": text})
    assert notes.problems == [
        "2 lines of the stack trace were not understood; the whole text is kept in extra as stack."
    ]
    read("\n".join([*lines, "~ lost ~"]), "java", notes, "stack")
    assert notes.problems[1].startswith("1 line of the stack trace was not understood; ")
    assert list(notes.kept) == ["stack", "stack'"]


def test_what_a_client_kept_already_is_kept_once() -> None:
    text = f"{text_of('java/plain')}\n~ lost ~"
    notes = Notes(kept={"stack": text})

    read(text, None, notes, "stack")

    assert (list(notes.kept), len(notes.problems)) == (["stack"], 1)
