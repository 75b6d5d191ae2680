"""“Correct the grouping”: the requests that it emits, and what it shows."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.detail.samples import make_detail
from ui.grouping.choices import CORRECTIONS
from ui.grouping.dialog import CorrectionDialog
from ui.grouping.merge_preview import Together


@pytest.fixture
def dialog(qtbot: QtBot) -> CorrectionDialog:
    made = CorrectionDialog()
    qtbot.addWidget(made)
    made.open_for(make_detail())
    return made


def choose(dialog: CorrectionDialog, key: str) -> None:
    dialog.what.setCurrentIndex([correction.key for correction in CORRECTIONS].index(key))


def test_a_preview_comes_before_anything_is_applied(dialog: CorrectionDialog, qtbot: QtBot) -> None:
    choose(dialog, "same type")
    dialog.other.setText("IndexError")
    assert not dialog.keep.isEnabled()
    with qtbot.waitSignal(dialog.preview_requested) as requested:
        dialog.preview.click()
    correction, text, other = requested.args
    assert (correction.key, text, other) == ("same type", "PaymentError", "IndexError")
    assert not dialog.preview.isEnabled()
    dialog.show_together(Together((1, 2), ("Issue 2 goes to issue 1",), "1 issue"))
    assert dialog.keep.isEnabled()
    assert dialog.changes.item(0).text() == "Issue 2 goes to issue 1"


def test_another_choice_drops_the_preview(dialog: CorrectionDialog) -> None:
    dialog.show_together(Together((1, 2), ("Issue 2 goes to issue 1",), "1 issue"))
    choose(dialog, "ignore function")
    assert dialog.changes.count() == 0
    assert not dialog.keep.isEnabled()


def test_the_second_text_is_visible_only_where_it_is_needed(dialog: CorrectionDialog) -> None:
    choose(dialog, "ignore function")
    assert not dialog.other.isVisible()
    choose(dialog, "same function")
    assert dialog.other.isVisible()


def test_progress_is_shown_and_ends_with_the_reason(dialog: CorrectionDialog) -> None:
    dialog.work("Reading the stored events …")
    dialog.show_progress(3, 12)
    assert (dialog.progress.value(), dialog.progress.maximum()) == (3, 12)
    dialog.stop("Cancelled.")
    assert not dialog.progress.isVisible()
    assert dialog.message.text() == "Cancelled."
