from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Level, from_micros
from app.protocols.event import event_builder
from app.protocols.protocol import Accepted
from app.protocols.wire.notes import Notes
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
REPORT = captures.report_of("airbrake.notice", Accepted("shop", ID))
RECEIVED = from_micros(captures.RECORDED)
RAISED = ExceptionInfo(
    type="KeyError", value="'card'", frames=(Frame(filename="pay.py", function="pay", in_app=True),)
)


def built(notes: Notes | None = None, **fields: object) -> Event:
    return event_builder.build(REPORT, notes or Notes(), **fields)  # type: ignore[arg-type]  # any field


def test_an_event_of_nothing_has_what_its_report_says() -> None:
    event = built()

    assert (event.event_id, event.project, event.protocol) == (ID, "shop", "airbrake.notice")
    assert event.timestamp == event.received_at == RECEIVED
    assert (event.title, event.level, event.extra, event.problems) == (
        "<unlabelled event>",
        Level.ERROR,
        {},
        (),
    )


def test_title_and_culprit_are_those_of_the_exception_unless_they_are_given() -> None:
    event = built(exceptions=[RAISED], message="charge failed")

    assert (event.title, event.culprit, event.message) == (
        "KeyError: 'card'",
        "pay.py in pay",
        "charge failed",
    )
    assert built(exceptions=[RAISED], title="t", culprit="c").title == "t"


@pytest.mark.parametrize(
    ("sender", "named", "project"),
    [("shop", "other", "shop"), ("", "other", "other"), ("", None, "airbrake")],
)
def test_the_project_of_the_sender_goes_before_that_of_the_event(
    sender: str, named: str | None, project: str
) -> None:
    report = replace(REPORT, project=sender)

    assert event_builder.build(report, Notes(), project=named).project == project


def test_ids() -> None:
    notes = Notes()

    assert built(event_id="A" * 32).event_id == "a" * 32
    assert built(notes, event_id="short").event_id == ID
    assert notes.kept == {"event_id": "short"}
    assert built(fallback_id="b" * 32).event_id == "b" * 32
    assert event_builder.id_of(REPORT, 0) == ID
    assert (
        event_builder.id_of(REPORT, 1)
        == event_builder.id_of(REPORT, 1)
        not in (ID, event_builder.id_of(REPORT, 2))
    )


@pytest.mark.parametrize(
    "written", ["yesterday", "1970-01-01T00:00:00Z", datetime(2099, 1, 1, tzinfo=UTC), -5]
)
def test_an_impossible_time_is_replaced_by_that_of_arrival(written: datetime | str | int) -> None:
    event = built(timestamp=written)

    assert event.timestamp == RECEIVED
    assert event.extra == {"timestamp": str(written) if isinstance(written, datetime) else written}
    assert "time of arrival" in event.problems[0]


@pytest.mark.parametrize(
    ("handled", "level"), [(False, Level.ERROR), (True, Level.DEBUG), (None, Level.DEBUG)]
)
def test_an_uncaught_exception_is_never_quiet(handled: bool | None, level: Level) -> None:
    mechanism = event_builder.mechanism("generic", handled, data=None)

    assert mechanism == {"type": "generic"} | ({} if handled is None else {"handled": handled})
    assert built(exceptions=[replace(RAISED, mechanism=mechanism)], level=Level.DEBUG).level is level


def test_notes_stand_beside_the_extra_of_the_client() -> None:
    notes = Notes()
    notes.keep("dist", "42")
    notes.problem("It is odd.")

    event = built(notes, extra={"dist": "the app's own"}, tags={"a": "1"})

    assert event.extra == {"dist": "the app's own", "dist'": "42"}
    assert (event.tags, event.problems) == ({"a": "1"}, ("It is odd.",))
