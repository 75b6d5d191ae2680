"""The foot of the dialog: waiting, a hint, and the way to the first event."""

from pytestqt.qtbot import QtBot

from app.model import EventSummary, Level, from_micros
from tests.factories import NOON
from ui.connect.proof import Proof

EVENT = EventSummary(
    pk=7,
    event_id="0" * 32,
    issue_id=3,
    project="shop",
    timestamp=from_micros(NOON),
    level=Level.ERROR,
    title="KeyError:\n'card'",
)


def test_it_says_what_is_missing_and_leads_to_what_came(qtbot: QtBot) -> None:
    proof = Proof()
    qtbot.addWidget(proof)
    proof.show()
    proof.wait_for("shop")
    assert proof.text.text() == "Waiting for the first event of shop …"
    assert not proof.jump.isVisible()
    proof.show_others("shop", ("a", "b", "c", "d"))
    assert proof.text.text().endswith("of a, b, c and 1 more …")
    proof.show_event(EVENT)
    assert "\n" not in proof.text.text()
    with qtbot.waitSignal(proof.show_requested) as requested:
        proof.jump.click()
    assert requested.args == [3, 7]
    proof.wait_for("web")
    assert not proof.jump.isVisible()
