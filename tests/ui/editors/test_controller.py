"""From a key to the started editor, and what is asked before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model import Frame
from app.preferences import PathMap
from tests.editors.recorder import Recorder
from tests.ui.editors.conftest import focus, use
from ui.detail.pane import DetailPane
from ui.editors.choose_dialog import ChooseEditorDialog
from ui.editors.controller import EditorController
from ui.editors.file_question import FileQuestion
from ui.editors.map_dialog import MapDialog
from ui.link.preferences_access import PreferencesAccess

Show = Callable[..., None]


def cart(project: Path, line: int = 10) -> list[bytes]:
    return [f"{project}/shop/cart.py:{line}:3".encode()]


def frames_of(pane: DetailPane) -> tuple[Frame, ...]:
    assert pane.detail is not None
    return pane.detail.event.exceptions[0].frames


def test_the_failing_frame_opens_in_the_chosen_editor(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    pane: DetailPane,
    qtbot: QtBot,
) -> None:
    use(chosen, recorder, source_roots=(str(project),))
    show(f"{project}/shop/web.py", f"{project}/shop/cart.py")
    pane.actions_bar.open_button.click()
    qtbot.waitUntil(lambda: recorder.was_called)
    assert recorder.arguments == cart(project, 11)
    assert recorder.folder == project
    qtbot.waitUntil(lambda: pane.jump_bar.message.text() == "cart.py:11 opened in editor")
    assert controller.dialog is None


def test_enter_opens_the_frame_that_has_the_focus_and_o_does_too(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    pane: DetailPane,
    qtbot: QtBot,
) -> None:
    use(chosen, recorder, source_roots=(str(project),))
    show(f"{project}/shop/web.py", f"{project}/shop/cart.py")
    focus(pane, "web.py", qtbot)
    QTest.keyClick(pane.page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recorder.was_called)
    web = [f"{project}/shop/web.py:10:3".encode()]
    assert recorder.arguments == web
    recorder.forget()
    controller.open_meant()
    qtbot.waitUntil(lambda: recorder.was_called)
    assert recorder.arguments == web


def test_a_file_elsewhere_is_opened_after_a_question(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    qtbot: QtBot,
) -> None:
    use(chosen, recorder)
    show(f"{project}/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: isinstance(controller.dialog, FileQuestion))
    first = controller.dialog
    assert isinstance(first, FileQuestion)
    assert not recorder.was_called
    first.once_button.click()
    qtbot.waitUntil(lambda: recorder.was_called)
    assert not chosen.chosen.source_roots
    assert list(chosen.chosen.known_projects) == [str(project)]
    recorder.forget()
    controller.open_meant()
    qtbot.waitUntil(lambda: controller.dialog is not first)
    second = controller.dialog
    assert isinstance(second, FileQuestion)
    second.always_button.click()
    qtbot.waitUntil(lambda: recorder.was_called)
    assert list(chosen.chosen.source_roots) == [str(project)]


def test_leaving_the_question_opens_nothing(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    qtbot: QtBot,
) -> None:
    use(chosen, recorder)
    show(f"{project}/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: isinstance(controller.dialog, FileQuestion))
    dialog = controller.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not recorder.was_called
    assert not chosen.chosen.known_projects


@pytest.mark.parametrize("always", [True, False])
def test_the_editor_is_asked_once(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    qtbot: QtBot,
    always: bool,
) -> None:
    chosen.change(source_roots=(str(project),))
    show(f"{project}/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: isinstance(controller.dialog, ChooseEditorDialog))
    dialog = controller.dialog
    assert isinstance(dialog, ChooseEditorDialog)
    qtbot.waitUntil(
        lambda: dialog.chooser.list.item(dialog.chooser.list.count() - 1).text().startswith("Another")
    )
    dialog.chooser.list.setCurrentRow(dialog.chooser.list.count() - 1)
    dialog.chooser.command.selectAll()
    QTest.keyClicks(dialog.chooser.command, f"'{recorder.program}' {{file}}:{{line}}:{{column}}")
    dialog.always.setChecked(always)
    QTest.keyClick(dialog.chooser.command, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recorder.was_called)
    assert recorder.arguments == cart(project)
    assert bool(chosen.chosen.editor_command) == always
    if always:
        recorder.forget()
        controller.open_meant()
        qtbot.waitUntil(lambda: recorder.was_called)


def test_an_editor_that_fails_is_said_and_another_can_be_chosen(
    controller: EditorController,
    chosen: PreferencesAccess,
    project: Path,
    show: Show,
    pane: DetailPane,
    messages: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    chosen.change(source_roots=(str(project),), editor_command=str(tmp_path / "gone"))
    show(f"{project}/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: bool(messages))
    assert "cannot be started: No such file" in messages[0]
    assert pane.jump_bar.message.text() == "Not opened"
    failing = Recorder(tmp_path / "bin", "failing", then="sys.exit('no display')")
    use(chosen, failing)
    qtbot.waitUntil(lambda: controller.editor_name == "failing")
    controller.open_meant()
    qtbot.waitUntil(lambda: len(messages) == 2)
    assert "failing" in messages[1]
    assert "ended with 1: no display" in messages[1]


def test_a_chosen_editor_that_is_gone_is_said_and_asked_for_again(
    controller: EditorController,
    chosen: PreferencesAccess,
    project: Path,
    show: Show,
    messages: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    chosen.change(source_roots=(str(project),), editor="lapce")
    show(f"{project}/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: isinstance(controller.dialog, ChooseEditorDialog))
    assert messages[0].startswith("Lapce was chosen as the editor, and is not found on this machine")


def test_a_path_of_a_container_is_mapped_after_a_proposal(
    controller: EditorController,
    chosen: PreferencesAccess,
    recorder: Recorder,
    project: Path,
    show: Show,
    pane: DetailPane,
    qtbot: QtBot,
) -> None:
    use(chosen, recorder)
    show("/usr/src/app/shop/web.py", "/usr/src/app/shop/cart.py", "/usr/src/app/shop/gone.py")
    controller.open_meant()  # gone.py is nowhere
    qtbot.waitUntil(lambda: isinstance(controller.dialog, MapDialog))
    nowhere = controller.dialog
    assert isinstance(nowhere, MapDialog)
    qtbot.waitUntil(lambda: nowhere.sentence.text().startswith("None of the projects"))
    assert nowhere.use_button.isHidden()
    assert frames_of(pane)[1].abs_path == "/usr/src/app/shop/cart.py"
    controller.open(frames_of(pane)[1])
    qtbot.waitUntil(lambda: isinstance(controller.dialog, MapDialog) and controller.dialog is not nowhere)
    dialog = controller.dialog
    assert isinstance(dialog, MapDialog)
    qtbot.waitUntil(dialog.use_button.isVisible)
    assert dialog.sentence.text().startswith("2 of 3 files of this event are there")
    assert dialog.proposed.text() == f"/usr/src/app\n→ {project}"
    dialog.use_button.click()
    qtbot.waitUntil(lambda: recorder.was_called)
    assert recorder.arguments == cart(project, 11)
    assert chosen.chosen.path_maps == (PathMap(sent="/usr/src/app", local=str(project), project="shop"),)


def test_a_declined_map_is_not_proposed_again(
    controller: EditorController, chosen: PreferencesAccess, project: Path, show: Show, qtbot: QtBot
) -> None:
    show("/app/shop/cart.py")
    controller.open_meant()
    qtbot.waitUntil(lambda: isinstance(controller.dialog, MapDialog))
    first = controller.dialog
    assert isinstance(first, MapDialog)
    qtbot.waitUntil(first.decline_button.isVisible)
    first.decline_button.click()
    controller.open_meant()
    qtbot.waitUntil(lambda: controller.dialog is not first)
    dialog = controller.dialog
    assert isinstance(dialog, MapDialog)
    qtbot.waitUntil(dialog.choose_button.isVisible)
    assert not dialog.use_button.isVisible()
    assert [each.sent for each in chosen.chosen.declined_maps] == ["/app"]
    dialog.folder_chosen.emit(project)
    qtbot.waitUntil(dialog.use_button.isVisible)


def test_a_frame_without_a_file_has_nothing_to_open(
    controller: EditorController, show: Show, pane: DetailPane
) -> None:
    show("<frozen importlib>")
    controller.open_meant()
    assert pane.jump_bar.message.text() == "This frame names no file"
    assert controller.dialog is None


def test_without_a_stack_there_is_no_line(controller: EditorController, show: Show, pane: DetailPane) -> None:
    controller.open_meant()  # nothing is shown: nothing happens
    show()
    controller.open_meant()
    assert pane.jump_bar.message.text() == "No stack trace, so no line to open"
