"""What is stored of an event beside its report."""

import pytest

from app.digest.entries import entries
from app.model import AttachmentInfo, Feedback, UserAgent
from app.protocols.delivery import Attachment, Delivery, UserFeedback
from tests.factories import make_event, make_report


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"id": 7, "email": "ada@example.com"}, "7"),
        ({"username": "ada", "ip_address": "127.0.0.1"}, "ada"),
        ({"name": "Ada"}, None),
        ({}, None),
    ],
)
def test_a_user_is_identified_by_the_surest_field(user: dict[str, object], expected: str | None) -> None:
    (entry,) = entries.of(make_report(1), Delivery(events=(make_event(user=user),))).events
    assert entry.user == expected


def test_tags_are_the_clients_and_those_of_fields_within_bounds() -> None:
    event = make_event(
        tags={f"t{n}": "x" * 1_000 for n in range(200)},
        release="1.0",
        user_agent=UserAgent(raw="x", browser="Firefox", os="Linux", kind="desktop"),
    )
    (entry,) = entries.of(make_report(1), Delivery(events=(event,))).events
    assert len(entry.tags) == entries.MOST_TAGS
    assert {len(value) for _key, value in entry.tags} == {entries.LONGEST_VALUE}
    (few,) = entries.of(make_report(1), Delivery(events=(make_event(release="1.0"),))).events
    assert dict(few.tags) == {"release": "1.0"}


def test_what_comes_beside_events_is_listed_and_ordinals_are_those_of_the_report() -> None:
    event = make_event()
    info = AttachmentInfo(filename="a.txt", content_type=None, size=3)
    delivery = Delivery(
        events=(event, make_event()),
        attachments=(Attachment(event.event_id, info, b"abc"),),
        feedback=(UserFeedback(event.event_id, Feedback(name=None, email=None, comments="It broke.")),),
        others={"session": 2},
    )
    made = entries.of(make_report(1), delivery, ordinals=[0, 3])
    assert [entry.ordinal for entry in made.events] == [0, 3]
    assert [(file.event_id, file.filename, file.size) for file in made.files] == [
        (event.event_id, "a.txt", 3)
    ]
    assert [(event_id, said.comments) for event_id, said in made.feedback] == [(event.event_id, "It broke.")]
    assert (made.project, made.others) == ("shop", {"session": 2})
