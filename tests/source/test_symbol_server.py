import io

import msgspec

from app.source.symbol_server import (
    Answer,
    Demangle,
    Names,
    Question,
    Translate,
    Unreadable,
    read,
    serve,
    write,
)


def test_each_question_is_answered_until_there_is_none() -> None:
    questions, answers = io.BytesIO(), io.BytesIO()
    write(questions, Demangle(("_ZN3foo3barEv", "main")))
    write(questions, Translate(b"", b"[]", ((1, 1),)))
    questions.write(b"\0\0\0\x09cut")
    questions.seek(0)
    serve(questions, answers)
    answers.seek(0)
    first, second = (msgspec.msgpack.decode(read(answers) or b"", type=Answer) for _ in range(2))
    assert first == Names(("foo::bar", None))
    assert isinstance(second, Unreadable)
    assert read(answers) is None


def test_a_message_is_read_as_it_was_written() -> None:
    stream = io.BytesIO()
    write(stream, Translate(b"\0\xff", b"{}", ((3, 4),)))
    stream.seek(0)
    assert msgspec.msgpack.decode(read(stream) or b"", type=Question) == Translate(
        b"\0\xff", b"{}", ((3, 4),)
    )
