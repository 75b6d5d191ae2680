"""What is asked of the store beside the list, and when."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.issues.facets import survey_feed
from ui.issues.facets.survey_feed import FacetWish, SurveyFeed
from ui.issues.feed import IssueFeed
from ui.issues.listing import Number
from ui.issues.model import IssueListModel
from ui.link.store_access import StoreAccess
from ui.places import Place


@pytest.fixture
def feed(access: StoreAccess, store: Store) -> Iterator[IssueFeed]:
    for name in "abc":
        store.file(make_event(f"Error{name}", function=name, tags={"region": name}))
    model = IssueListModel()
    made = IssueFeed(access, model, access)
    model.setParent(made)
    yield made
    made.stop()


@pytest.fixture
def survey(access: StoreAccess, feed: IssueFeed, monkeypatch: pytest.MonkeyPatch) -> Iterator[SurveyFeed]:
    monkeypatch.setattr(survey_feed, "FIRST_PAUSE_MS", 0)
    made = SurveyFeed(access, feed, feed)
    yield made
    made.stop()


def regions(answer: object) -> dict[str, int]:
    (facet,) = answer.facets  # type: ignore[attr-defined]
    return dict(facet.counted.values)


def test_a_list_is_surveyed_and_followed(
    survey: SurveyFeed, feed: IssueFeed, store: Store, qtbot: QtBot
) -> None:
    survey.wish((FacetWish("region", 9),), "auto")
    with qtbot.waitSignal(survey.answered, check_params_cb=lambda answer: answer.is_complete) as first:
        feed.show(Place())
    assert first.args is not None
    assert regions(first.args[0]) == {"a": 1, "b": 1, "c": 1}
    assert first.args[0].histogram.total == 3
    store.file(make_event(function="d", tags={"region": "d"}))
    with qtbot.waitSignal(survey.answered, check_params_cb=lambda answer: answer.issues == 4) as second:
        feed.ring()
    assert second.args is not None
    assert regions(second.args[0])["d"] == 1


def test_the_rest_after_a_long_question_has_an_end() -> None:
    rests = [survey_feed.pause_after(seconds) for seconds in (0, 0.1, 30)]
    assert rests == [survey_feed.PAUSE_MS, 900, survey_feed.LONGEST_PAUSE_MS]


def test_while_errors_keep_coming_it_is_asked_less_often(
    survey: SurveyFeed, feed: IssueFeed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_feed, "PAUSE_MS", 0)
    monkeypatch.setattr(survey_feed, "PAUSES", 0)
    monkeypatch.setattr(survey_feed, "BUSY_PAUSE_MS", 3_600_000)
    (pause,) = (timer for timer in survey.findChildren(QTimer) if timer.isSingleShot())
    survey.wish((FacetWish("region", 9),), None)
    feed.show(Place())
    # What is asked for during a pause is asked at its end; from then on, the pauses are longer.
    for _again in range(9):
        if pause.interval() == 3_600_000:
            break
        with qtbot.waitSignal(survey.answered):
            survey.request()
            survey.request()
    assert pause.interval() == 3_600_000
    # A person does not wait for its end.
    with qtbot.waitSignal(survey.answered):
        survey.wish((FacetWish("level", 9),), None)
    assert pause.interval() == 0


def test_what_a_search_finds_is_surveyed(survey: SurveyFeed, feed: IssueFeed, qtbot: QtBot) -> None:
    survey.wish((FacetWish("region", 9),), None)
    with qtbot.waitSignal(survey.answered, check_params_cb=lambda answer: answer.issues == 1) as found:
        feed.show(Place(), "Errorb")
    assert found.args is not None
    assert regions(found.args[0]) == {"b": 1}
    assert found.args[0].histogram is None


def test_a_search_that_goes_on_looking_is_surveyed_as_far_as_it_is(
    survey: SurveyFeed, feed: IssueFeed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_feed, "LOOKING_PAUSE_MS", 0)
    looking: list[bool] = []
    survey.answered.connect(lambda _answer: looking.append(survey.is_looking))
    survey.wish((FacetWish("region", 9),), None)
    with monkeypatch.context() as patch:
        patch.setattr(IssueFeed, "number", property(lambda _feed: Number(1, is_final=False)))
        feed.show(Place(), "Errorb")
        qtbot.waitUntil(lambda: looking[:2] == [True, True])
    qtbot.waitUntil(lambda: looking[-1] is False)


def test_nothing_is_asked_where_nothing_is_wanted(survey: SurveyFeed, feed: IssueFeed, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(survey.answered), qtbot.waitSignal(feed.settled):
        feed.show(Place())
    with qtbot.waitSignal(survey.answered):
        survey.wish((), "24h")


def test_keys_are_read_when_a_menu_wants_them(survey: SurveyFeed, qtbot: QtBot) -> None:
    found: list[tuple[str, ...]] = []
    survey.read_keys(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [("level", "project", "region")]
