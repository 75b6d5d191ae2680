"""Creating issues in a server that answers as GitHub and GitLab do."""

import pytest

from app.trackers import create_issue
from app.trackers.create_issue import CreatedIssue, TrackerError
from app.trackers.tracker import Service, Tracker
from tests.trackers.fake_tracker import TOKEN, FakeTracker


@pytest.mark.parametrize(
    ("service", "path", "body"),
    [
        (Service.GITHUB, "/api/v3/repos/acme/shop/issues", "body"),
        (Service.GITLAB, "/api/v4/projects/acme%2Fshop/issues", "description"),
    ],
)
def test_title_and_body_arrive(fake: FakeTracker, service: Service, path: str, body: str) -> None:
    created = create_issue.create(fake.tracker(service), TOKEN, "x" * 300, "**it** broke")
    assert created == CreatedIssue("http://x/acme/shop/issues/7", 7)
    ((posted, fields),) = fake.received
    assert posted == path
    assert (len(fields["title"]), fields[body]) == (create_issue.LONGEST_TITLE, "**it** broke")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "may not create issues"),
        (404, "there is no acme/shop"),
        (410, "switched off"),
        (302, "answered 302"),
        (500, "answered 500"),
    ],
)
def test_refusals_are_sentences(fake: FakeTracker, status: int, said: str) -> None:
    fake.status = status
    with pytest.raises(TrackerError, match=said):
        create_issue.create(fake.tracker(), TOKEN, "t", "b")


def test_a_wrong_token_is_said_and_not_repeated(fake: FakeTracker) -> None:
    with pytest.raises(TrackerError, match="token is not valid") as refused:
        create_issue.create(fake.tracker(), "wrong-token", "t", "b")
    assert "wrong-token" not in str(refused.value)


@pytest.mark.parametrize("answer", [b"no json", b"[]", b'{"html_url": "javascript:1", "number": 1}', b"{}"])
def test_an_odd_answer_is_said(fake: FakeTracker, answer: bytes) -> None:
    fake.answer = answer
    with pytest.raises(TrackerError, match="was created, but"):
        create_issue.create(fake.tracker(), TOKEN, "t", "b")


def test_nobody_there_is_said() -> None:
    with pytest.raises(TrackerError, match="did not answer"):
        create_issue.create(Tracker(address="http://127.0.0.1:9", repository="a/b"), TOKEN, "t", "b")


@pytest.mark.parametrize(
    ("address", "repository", "said"),
    [
        ("https://github.com", "acme/shop", ""),
        ("https://gitlab.com", "group/sub/shop", ""),
        ("http://localhost:3000", "acme/shop", ""),
        ("http://github.com", "acme/shop", "in the clear"),
        ("github.com", "acme/shop", "must begin with"),
        ("https://github.com", "shop", "owner/name"),
        ("https://github.com", "acme/../x", "owner/name"),
    ],
)
def test_what_must_be_mended_first(address: str, repository: str, said: str) -> None:
    problem = create_issue.problem_with(Tracker(address=address, repository=repository))
    assert said in problem
    assert bool(problem) == bool(said)
