"""Which recorded requests always run, and which only with all captures."""

from tests.protocols import captures


def test_every_client_case_and_kind_of_content_always_runs() -> None:
    first = captures.first_of_a_kind()
    every = captures.names()

    assert {case_of(name) for name in first} == {case_of(name) for name in every}
    assert {captures.content_of(name) for name in first} == {captures.content_of(name) for name in every}


def test_repeats_run_with_all_captures() -> None:
    marked = [case for case in captures.cases(captures.names()) if not isinstance(case, str)]

    assert len(marked) == len(captures.names()) - len(captures.first_of_a_kind())
    assert {mark.name for case in marked for mark in case.marks} == {"all_captures"}


def case_of(name: str) -> tuple[str, str]:
    client, _slash, case = name.partition("/")
    return client, case.partition(".")[0]
