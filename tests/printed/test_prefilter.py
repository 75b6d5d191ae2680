"""Whole pieces of output are looked through, and no trace is missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printed import json_records, prefilter
from app.protocols.stacktrace import readers
from tests.protocols.stacktrace.reading import SAMPLES

HEADS = (
    b"",
    b"\x1b[1;31m",
    b"web-1  | ",
    b"[api] ",
    b"2026-11-30T01:35:44+01:00 ",
    b"Nov 30 01:35:44 a b[1]: ",
)


@pytest.mark.parametrize("name", sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.txt")))
def test_it_sees_every_line_with_a_sign_behind_any_head(name: str) -> None:
    for line in (SAMPLES / name).read_text("utf-8").splitlines():
        if readers.has_sign(line):
            for head in HEADS:
                printed = b"before\n" + head + line.encode() + b"\nafter\n"
                at = prefilter.first_sign(printed)
                assert at is not None, (head, line)
                assert at < len(printed) - len(b"\nafter\n")


@pytest.mark.parametrize(
    "record",
    [
        '{"level":"error","msg":"x"}',
        '{ "level": 50, "msg": "x"}',
        '{"msg":"x","@l":"Fatal"}',
        '{"stack":"Error: x\\n    at pay (a.js:1:2)"}',
    ],
)
def test_it_sees_records_of_errors(record: str) -> None:
    assert json_records.may_be_error(record)
    assert prefilter.first_sign(f"a\n{record}\n".encode()) is not None


@given(st.text(alphabet='{}":,levrsyaontckixm0456 \\n@', max_size=60))
def test_whatever_may_be_a_record_of_an_error_is_seen(inner: str) -> None:
    line = '{"' + inner.replace("\n", " ") + "}"
    if json_records.may_be_error(line):
        assert prefilter.first_sign(line.encode()) is not None


def test_what_lists_services_and_takes_the_screen_is_seen() -> None:
    assert prefilter.first_sign(b"x\nAttaching to web-1\n") == 2
    assert prefilter.first_sign(b"x\n\x1b[?1049h") == 2


def test_ordinary_output_has_no_sign() -> None:
    assert (
        prefilter.first_sign(b"".join(b"%d INFO request took 12 ms (ok)\n" % n for n in range(1_000))) is None
    )


def test_it_goes_on_from_any_place() -> None:
    data = b"    at a (b.js:1:2)\nplain\n    at c (d.js:1:2)\n"
    assert prefilter.first_sign(data, 1) == data.index(b"    at c")


@pytest.mark.parametrize(
    ("verbose", "plain"),
    [
        (r"a\ b [ #]c # why", "a b[ #]c"),
        (r"x\#1\ \d+$", r"x#1 \d+"),
        ("[]a] b", "[]a]b"),
        (r"a{1,5} b{0,300}? c{1,1000} d{3,50} e{7}", "a{1,5}b*?c+d{3,}e{7}"),
        (r"[\u200b{2,70}]\u4e00", r"[\x{200b}{2,70}]\x{4e00}"),
    ],
)
def test_verbose_patterns_become_plain_ones(verbose: str, plain: str) -> None:
    assert prefilter.loosened(verbose) == plain


def test_what_re2_does_not_know_is_looked_for_by_its_words() -> None:
    assert prefilter.for_re2(r"(?<=x)y", ("a.b", "c")) == r"a\.b|c"
    assert prefilter.for_re2(r"(?<=x)y", ()) == "^"


@pytest.mark.parametrize("sign", readers.signs(), ids=lambda sign: sign[0].strip()[:30])
def test_re2_knows_every_sign(sign: tuple[str, tuple[str, ...]]) -> None:
    assert prefilter.for_re2(*sign) == prefilter.loosened(sign[0]), "it would be slow"
