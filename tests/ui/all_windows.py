"""Every window and dialog of the program, each as a person meets it, for rules that hold for all of them."""

import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from app.clients import clients
from app.notifications.rules import Rule
from app.replay.repeatable import Repeatable
from app.settings import Settings
from app.sharing.exports import Export
from app.store.places.project_acts import ProjectLook
from app.trackers.tracker import Tracker
from tests.ui.detail.samples import make_detail
from ui.connect.assistant_dialog import AssistantDialog
from ui.connect.dialog import ConnectDialog
from ui.detail.comparison.dialog import ComparisonDialog
from ui.detail.link_dialog import LinkDialog
from ui.detail.links import Address
from ui.detail.pane import DetailPane
from ui.editors.choose_dialog import ChooseEditorDialog
from ui.editors.file_question import FileQuestion
from ui.editors.map_dialog import MapDialog
from ui.faults.dialog import FaultDialog
from ui.forwarding.dialog import ForwardingDialog
from ui.grouping.actions import GroupingActions
from ui.grouping.corrections_dialog import CorrectionsDialog
from ui.grouping.dialog import CorrectionDialog
from ui.grouping.merge_dialog import MergeDialog
from ui.issues.note_dialog import NoteDialog
from ui.issues.question_dialog import QuestionDialog
from ui.issues.search.language_help import LanguageHelp
from ui.keyboard.keys_help import KeysHelp
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.notifications.channel_form import ChannelForm
from ui.notifications.channel_test import ChannelTest
from ui.notifications.dialog import NotificationsDialog
from ui.notifications.rule_form import RuleForm
from ui.palette.palette import Palette
from ui.preferences.dialog import PAGES, PreferencesDialog
from ui.preferences.map_form import MapForm
from ui.replay.dialog import ReplayDialog
from ui.runs.dialog import RunsDialog
from ui.sharing.export_dialog import ExportDialog
from ui.sidebar.project_dialog import ProjectDialog
from ui.trackers.dialog import TrackerDialog
from ui.trash.actions import TrashActions
from ui.trash.dialog import DeletedDialog
from ui.undo import UndoStack


class Made(Struct, frozen=True):
    """What the windows are made with."""

    access: StoreAccess
    background: Background
    preferences: PreferencesAccess
    undo: UndoStack
    folder: Path
    kept: list[QWidget]


def _main(made: Made) -> QWidget:
    window = MainWindow(made.access, made.undo, made.folder)
    window.add_pages(made.access, Settings(data_dir=made.folder))
    pane = DetailPane(made.access, made.background, made.preferences)
    window.set_detail(pane)
    pane.warm_up()
    return window


def _palette(_made: Made) -> QWidget:
    window = QWidget()
    palette = Palette(window)
    palette.setParent(window)
    return window


def _inside(make: Callable[[QWidget], QWidget]) -> Callable[[Made], QWidget]:
    """A dialog that needs a window; the window goes with it."""

    def make_in_window(made: Made) -> QWidget:
        window = QWidget()
        made.kept.append(window)
        return make(window)

    return make_in_window


def _correction(_made: Made) -> QWidget:
    dialog = CorrectionDialog()
    dialog.open_for(make_detail())
    return dialog


def _export(_made: Made) -> QWidget:
    dialog = ExportDialog()
    dialog.open_for("KeyError: 'card'")
    dialog.show_export(Export(b"", "a.html", {}, "what goes"))
    return dialog


def _replay(_made: Made) -> QWidget:
    dialog = ReplayDialog()
    headers = (("Authorization", "«authorization»"),)
    dialog.open_with(Repeatable(method="POST", url="http://localhost:5000/pay", headers=headers, body="{}"))
    return dialog


def _tracker(_made: Made) -> QWidget:
    dialog = TrackerDialog()
    dialog.open_with(Tracker(repository="acme/shop"), "KeyError: 'card'", "# body")
    return dialog


def _preferences(made: Made) -> QWidget:
    dialog = PreferencesDialog(made.preferences)
    for name in PAGES:
        dialog.show_page(name)
    return dialog


def _connect(_made: Made) -> QWidget:
    dialog = ConnectDialog(clients)
    dialog.show_url("http://127.0.0.1:4711")
    dialog.open_for("shop")
    return dialog


def _assistant(_made: Made) -> QWidget:
    dialog = AssistantDialog(lambda read_only: ("arecibo", "mcp", *["--read-only"] * read_only))
    dialog.open_it()
    return dialog


def _notifications(made: Made) -> QWidget:
    trial = ChannelTest(made.folder, command=(sys.executable, "-c", ""))
    return NotificationsDialog(made.access, made.undo, trial)


WINDOWS: dict[str, Callable[[Made], QWidget]] = {
    "main": _main,
    "palette": _palette,
    "keys": lambda _made: KeysHelp(),
    "fault": lambda _made: FaultDialog("shop"),
    "forwarding": lambda _made: ForwardingDialog(),
    "preferences": _preferences,
    "path map": _inside(lambda window: MapForm(None, window)),
    "connect": _connect,
    "assistant": _assistant,
    "notifications": _notifications,
    "channel": lambda _made: ChannelForm(),
    "rule": lambda _made: RuleForm("mine", Rule(), {1: "mail"}),
    "searching": lambda _made: LanguageHelp(),
    "correct": _correction,
    "corrections": lambda made: CorrectionsDialog(made.access, GroupingActions(made.access, made.undo)),
    "runs": lambda made: RunsDialog(made.access),
    "deleted": lambda made: DeletedDialog(made.access, TrashActions(made.access, made.undo)),
    "merge": lambda _made: MergeDialog(),
    "project": _inside(
        lambda window: ProjectDialog(ProjectLook(id=1, name="shop", shown="shop"), ["till"], ["api"], window)
    ),
    "export": _export,
    "replay": _replay,
    "tracker": _tracker,
    "compare": lambda made: ComparisonDialog(made.background.run, made.access.read, made.preferences),
    "link": _inside(lambda window: LinkDialog(Address("https://example.com/a", "example.com"), window)),
    "editor": _inside(lambda window: ChooseEditorDialog("cart.py:3", lambda _editor, _fields: None, window)),
    "file": _inside(
        lambda window: FileQuestion(Path("/a/b.py"), None, lambda: None, lambda _root: None, window)
    ),
    "where": _inside(lambda window: MapDialog("/app/cart.py", window)),
    "note": lambda _made: NoteDialog("KeyError: 'card'"),
    "question": _inside(lambda window: QuestionDialog("Resolve", "In the release:", "Resolve", window)),
}
"""By a name what makes each of them; `tests/ui/test_accessibility.py` finds a dialog that is not here."""
