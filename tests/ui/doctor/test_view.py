"""When the doctor examines: while it is visible, on a ring, by key, and never too often."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.doctor.examination import Examination
from app.settings import Settings
from tests.factories import Store, make_event
from tests.ui.doctor.factories import make_caller, make_examination
from ui.doctor import view as module
from ui.doctor.view import DoctorView, examining
from ui.link.store_access import StoreAccess
from ui.widgets.ticking import ticker

Make = Callable[..., DoctorView]


class Doctor:
    """Examines, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0
        self.found = make_examination(taken_at=datetime.now(UTC))

    def __call__(self, connection: Connection) -> Examination:
        self.asked += 1
        return self.found


@pytest.fixture
def doctor() -> Doctor:
    return Doctor()


@pytest.fixture
def view(access: StoreAccess, doctor: Doctor, qtbot: QtBot) -> DoctorView:
    made = DoctorView(access, doctor)
    qtbot.addWidget(made)
    made.resize(900, 500)
    return made


def show_and_examine(view: DoctorView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.examined):
        view.show()


def test_it_examines_while_it_is_visible(view: DoctorView, doctor: Doctor, qtbot: QtBot) -> None:
    view.ring()
    view.check_again()
    assert doctor.asked == 0, "nobody looks"
    show_and_examine(view, qtbot)
    assert doctor.asked == 1
    assert view.summary.text() == "Checked now · 127.0.0.1:4711"
    assert view.page.isVisible()


def test_a_burst_of_rings_is_one_more_examination_after_a_pause(
    view: DoctorView, doctor: Doctor, qtbot: QtBot
) -> None:
    assert module.PAUSE_MS >= 2_000
    view._throttle._pause.setInterval(60)
    show_and_examine(view, qtbot)
    with qtbot.waitSignal(view.examined):
        for _ in range(100):
            view.ring()
        assert doctor.asked == 1
    assert doctor.asked == 2
    with qtbot.waitSignal(view._throttle._pause.timeout):
        pass
    assert doctor.asked == 2


def test_a_person_need_not_wait_for_the_pause(view: DoctorView, doctor: Doctor, qtbot: QtBot) -> None:
    show_and_examine(view, qtbot)
    with qtbot.waitSignal(view.examined):
        view.check.click()
        assert view.summary.text() == "Checking …"
        view.check_again()
    assert doctor.asked == 2, "one at a time"


def test_it_examines_again_when_the_last_examination_is_old(
    view: DoctorView, doctor: Doctor, qtbot: QtBot
) -> None:
    view._throttle._pause.setInterval(0)
    doctor.found = make_examination(taken_at=datetime.now(UTC) - module.EXAMINE_EVERY)
    show_and_examine(view, qtbot)
    assert view.summary.text().startswith("Checked ")
    with qtbot.waitSignal(view.examined):
        ticker().ticked.emit()


def test_the_age_of_the_last_examination_is_updated(view: DoctorView, doctor: Doctor, qtbot: QtBot) -> None:
    doctor.found = make_examination(taken_at=datetime.now(UTC) - timedelta(seconds=2.2))
    show_and_examine(view, qtbot)
    ticker().ticked.emit()
    assert view.summary.text().startswith("Checked 2s ago")


def test_a_failed_examination_is_reported_and_the_next_one_runs(
    access: StoreAccess, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "none").mkdir()
    gone = StoreAccess(tmp_path / "none", access._background)
    view = DoctorView(gone, Doctor())
    qtbot.addWidget(view)
    with qtbot.waitSignal(gone.troubled):
        view.show()
    assert view.summary.text() == "The last check could not be made."
    with qtbot.waitSignal(gone.troubled):
        view.check_again()


def test_how_to_connect_is_offered_once(view: DoctorView, doctor: Doctor, qtbot: QtBot) -> None:
    show_and_examine(view, qtbot)
    assert not view.connect_button.isVisible(), "it stands beside the first steps"
    doctor.found = make_examination(callers=(make_caller(),))
    with qtbot.waitSignal(view.examined):
        view.check_again()
    assert view.connect_button.isVisible()
    with qtbot.waitSignal(view.connect_requested):
        view.connect_button.click()


def test_the_outcome_of_the_test_error_is_shown(view: DoctorView, qtbot: QtBot) -> None:
    show_and_examine(view, qtbot)
    with qtbot.waitSignal(view.test_requested):
        view.page.first_steps.send.click()
    view.answer("Nobody took it.")
    assert view.page.first_steps.message.text() == "Nobody took it."


def test_the_real_doctor_of_a_store_without_an_engine(
    access: StoreAccess, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    store.file(make_event())
    view = DoctorView(access, examining(Settings(data_dir=tmp_path)))
    qtbot.addWidget(view)
    show_and_examine(view, qtbot)
    worst = view.page.findings._shown[0]
    assert (worst.severity.value, "does not run" in worst.title) == ("problem", True)
