"""The dialog offers to save only what was looked at."""

import pytest
from pytestqt.qtbot import QtBot

from app.sharing.exports import Export
from app.sharing.what_goes import Parts
from ui.sharing.export_dialog import ExportDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> ExportDialog:
    made = ExportDialog()
    qtbot.addWidget(made)
    made.open_for("KeyError: 'card'")
    return made


def test_every_choice_asks_anew_and_saving_waits_for_it(dialog: ExportDialog) -> None:
    asked: list[tuple[str, Parts]] = []
    dialog.changed.connect(lambda: asked.append((dialog.form, dialog.parts())))
    dialog.show_export(Export(b"", "a.html", {}, "what goes"))
    assert dialog.save.isEnabled()
    dialog.user.setChecked(False)
    assert not dialog.save.isEnabled()
    dialog.raw.setChecked(True)
    assert asked == [("html", Parts(user=False)), ("raw", Parts(user=False))]


def test_what_nobody_could_search_needs_a_yes(dialog: ExportDialog) -> None:
    dialog.show_export(Export(b"", "a.arecibo", {}, "\x00", ("It is binary.",), is_searched=False))
    assert dialog.as_it_came.isVisible()
    assert not dialog.save.isEnabled()
    dialog.as_it_came.setChecked(True)
    assert dialog.save.isEnabled()
    assert dialog.hidden.text() == "It is binary. Nobody has looked for secrets in it."


def test_a_failure_leaves_nothing_to_save(dialog: ExportDialog) -> None:
    dialog.show_failure("It is gone.")
    assert dialog.hidden.text() == "It is gone."
    assert not dialog.save.isEnabled()
