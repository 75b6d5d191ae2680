"""Contexts in the order in which a person looks for them."""

from app.event_parts import contexts


def test_known_contexts_come_first_and_say_what_they_are() -> None:
    sent = {
        "zebra": {"a": 1},
        "trace": {"trace_id": "ab", "op": "http.server"},
        "os": {"name": "Linux", "version": "6.1", "type": "os"},
        "runtime": {"name": "CPython", "version": "3.11"},
        "empty": {},
        "list": [1, 2],
        "text": "x",
    }
    found = contexts.ordered(sent)
    assert [(context.title, context.summary) for context in found] == [
        ("Runtime", "CPython 3.11"),
        ("System", "Linux 6.1"),
        ("Trace", "http.server ab"),
        ("list", ""),
        ("text", ""),
        ("zebra", ""),
    ]
    assert found[1].values == {"name": "Linux", "version": "6.1"}
    assert found[3].values == {"0": 1, "1": 2}


def test_values_have_their_units() -> None:
    assert contexts.readable("memory_size", 17_179_869_184) == "17.2 GB (17,179,869,184)"
    assert contexts.readable("battery_level", 87) == "87 %"
    assert contexts.readable("boot_time", 1_700_000_000) == "2023-11-14 22:13:20+00:00"
    assert contexts.readable("execution_duration_in_millis", 1234) == "1,234 ms"
    for value in (True, None, "x", {"a": 1}, float("nan"), 1e300, -5):
        assert contexts.readable("boot_time", value) is value


def test_a_run_of_a_command_says_what_ran_and_how_it_ended() -> None:
    sent = {"os": {"name": "Linux"}, "run": {"number": 7, "command": "python3 crash.py", "exit_code": 1}}
    run, _system = contexts.ordered(sent)
    assert (run.title, run.summary) == ("Run", "python3 crash.py, exited with 1")
    assert contexts.run_number(run) == 7
    (own,) = contexts.ordered({"run": {"name": "of another client", "number": "7"}})
    assert (own.summary, contexts.run_number(own)) == ("of another client", None)
    (running,) = contexts.ordered({"run": {"command": "make", "signal": None}})
    assert running.summary == "make"
