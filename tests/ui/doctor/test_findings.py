"""The findings: all their text, and a mark for each severity."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.doctor.finding import Severity
from app.model import Level
from tests.ui.doctor.factories import make_finding
from ui.doctor.findings import Findings, Mark
from ui.theme import Theme

WORST = make_finding(
    Severity.PROBLEM, "Nobody answers.", meaning="The engine is stuck.", advice="Start it again."
)


@pytest.fixture
def findings(qtbot: QtBot) -> Findings:
    made = Findings()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def texts(findings: Findings) -> list[str]:
    return [label.text() for label in findings.findChildren(QLabel) if not label.isHidden()]


def test_only_the_parts_that_a_finding_has_are_shown(findings: Findings) -> None:
    findings.show_findings((WORST, make_finding()))
    assert texts(findings) == [
        "Nobody answers.",
        "The engine is stuck.",
        "Start it again.",
        "All is well.",
    ]
    spoken = [child.accessibleName() for child in findings.findChildren(QWidget) if child.accessibleName()]
    assert spoken == ["problem: Nobody answers.", "ok: All is well."]


def test_unchanged_findings_reuse_their_widgets(findings: Findings, qtbot: QtBot) -> None:
    findings.show_findings((WORST,))
    read = findings.findChildren(QLabel)
    findings.show_findings((WORST,))
    assert findings.findChildren(QLabel) == read
    findings.show_findings((make_finding(),))
    qtbot.waitUntil(lambda: texts(findings) == ["All is well."])


def test_markup_in_a_finding_is_only_text(findings: Findings) -> None:
    findings.show_findings((make_finding(title="Turned away: <b>bold</b>"),))
    label = findings.findChildren(QLabel)[0]
    assert label.text() == "Turned away: <b>bold</b>"
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_has_a_mark_in_its_colour(severity: Severity, dressed: Theme, qtbot: QtBot) -> None:
    mark = Mark(severity.value)
    qtbot.addWidget(mark)
    expected = {
        Severity.OK: dressed.success,
        Severity.NOTE: dressed.level(Level.INFO),
        Severity.WARNING: dressed.level(Level.WARNING),
        Severity.PROBLEM: dressed.level(Level.ERROR),
    }[severity]
    picture = mark.grab().toImage()
    seen = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    assert min(distance(colour, expected) for colour in seen) < 50, "a ring's line is thinner than a pixel"


def distance(one: QColor, other: QColor) -> int:
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return sum(abs(mine - theirs) for mine, theirs in parts)
