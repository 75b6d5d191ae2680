from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_the_thread_that_died_and_the_others() -> None:
    parsed = sample("python/segfault")

    assert said(parsed) == [("Fatal Python error", "Segmentation fault")]
    assert calls(parsed.exceptions[0]) == [
        "<module> /srv/shop/died.py:9",
        "main /srv/shop/died.py:8",
        "pay /srv/shop/died.py:5",
        "[string_at /usr/lib/python3.11/ctypes/__init__.py:519]",
    ]
    (other,) = parsed.threads
    assert other.frames[-1].function == "<lambda>"
    assert parsed.unread == 0


def test_a_dump_upon_a_timeout() -> None:
    parsed = parse(
        "Timeout (0:00:05)!\nThread 0x1a [worker] (most recent call first):\n"
        '  File "/a.py", line 3 in run\n~ odd ~\n'
        '  File "/a.py", line ??? in main\n'
    )

    assert said(parsed) == [("Timeout", "0:00:05")]
    assert calls(parsed.exceptions[0]) == ["main /a.py", "run /a.py:3"]
    assert parsed.unread == 1


def test_threads_without_calls_are_no_trace() -> None:
    assert parse("Thread 0x1a (most recent call first):\n  <no Python frame>\n").exceptions == ()
