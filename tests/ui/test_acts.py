"""What the undo stack asks of acts: their steps, their words, and what stayed."""

import pytest

from ui.acts import Act, ChangedElsewhere, LongAct, Stayed


def long_act() -> LongAct[int]:
    return LongAct(
        parts=((1, 2), (3, 4), (5,)),
        asked=5,
        noun="issue",
        verb="resolved",
        begin=lambda: lambda _part: lambda _connection: lambda _writing: None,
        undo=lambda _connection, _result: Stayed(0, 0),
    )


def test_a_long_act_says_how_far_it_is() -> None:
    act = long_act()
    assert act.named(0, 3) == "5 issues resolved"
    assert act.named(0, 1) == "2 of 5 issues resolved"
    assert act.named(1, 3) == "3 of 5 issues resolved"


def test_the_first_steps_of_an_act_are_an_act() -> None:
    act = long_act().first(2)
    assert act.named(0, 2) == "4 of 5 issues resolved"
    assert len(act.steps([])) == 2


def test_what_stayed_of_all_steps_is_one_remark() -> None:
    assert long_act().remark([Stayed(0, 2), Stayed(0, 2)]) is None
    assert long_act().remark([Stayed(1, 2), Stayed(2, 2)]) == "3 issues changed since and stayed"
    with pytest.raises(ChangedElsewhere):
        long_act().remark([Stayed(2, 2), Stayed(0, 0), Stayed(1, 1)])


def test_a_short_act_has_one_step_and_finishes_with_its_result() -> None:
    seen: list[int] = []
    act = Act[int](
        sentence="Done", do=lambda _connection: 1, undo=lambda _c, _r: "a remark", done=seen.append
    )
    assert len(act.steps([])) == len(act.undo_steps([1])) == 1
    assert act.undo_steps([None]) == []
    assert act.remark(["a remark"]) == "a remark"
    act.finish([7])
    act.finish([None])
    assert seen == [7]
