"""The text of a row, and the report as it came."""

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import Store, append, make_report
from ui.link.store_access import StoreAccess
from ui.queue.rows import REPORT
from ui.queue.text import AS_IT_CAME, RowText
from ui.widgets.row_list import ListRow


def row(number: int, text: str = "Report") -> ListRow:
    return ListRow((REPORT, number), "title", "where", None, "level_info", text)


@pytest.fixture
def shown(access: StoreAccess, store: Store, qtbot: QtBot) -> RowText:
    append(store.database, make_report(1), make_report(2))
    made = RowText(access)
    qtbot.addWidget(made)
    return made


def test_a_report_is_read_as_it_came(shown: RowText, qtbot: QtBot) -> None:
    shown.show_row(row(1))
    assert shown.toPlainText() == "Report"
    qtbot.waitUntil(lambda: AS_IT_CAME in shown.toPlainText())
    assert '"type":"KeyError"' in shown.toPlainText()


def test_of_two_rows_only_the_last_is_read(shown: RowText, qtbot: QtBot) -> None:
    shown.show_row(row(999))
    shown.show_row(row(2, "the second"))
    qtbot.waitUntil(lambda: AS_IT_CAME in shown.toPlainText())
    assert shown.toPlainText().startswith("the second")
    shown.show_row(None)
    assert shown.toPlainText() == ""


def test_reading_the_same_row_again_preserves_the_scroll_position(shown: RowText, qtbot: QtBot) -> None:
    shown.show_row(row(1))
    qtbot.waitUntil(lambda: AS_IT_CAME in shown.toPlainText())
    shown.show_row(row(1, "next try in 5 s"))
    assert shown.toPlainText().startswith("next try in 5 s")
    assert AS_IT_CAME in shown.toPlainText()
