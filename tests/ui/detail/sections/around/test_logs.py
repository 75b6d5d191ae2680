"""The log lines before an error."""

from app.model import Level
from app.trace_detail import Around
from tests.ui.detail.around import around, line
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.sections.around.logs import LogsSection

MINUS = "\N{MINUS SIGN}"


def shown(page: ReadPage, what: Around, *, is_stored: bool = True, **fields: str) -> list[str]:
    page.open(make_detail(bare_event(title="Boom", **fields)), LogsSection)
    (section,) = page.sections
    assert isinstance(section, LogsSection)
    section.take(what, is_stored=is_stored)
    page.rebuild(section)
    return page.lines()


def test_lines_lead_up_to_the_error_and_beyond(page: ReadPage) -> None:
    lines = (
        line("begins", at=-200, logger="shop.cart"),
        line("charged", at=-50, project="pay", logger="bank", level=Level.WARNING),
        line("answered", at=20),
    )
    assert shown(page, around(lines=lines))[1:] == [
        f"{MINUS}200 ms  shop.cart  begins",
        f"{MINUS}50 ms  pay · bank  charged",
        "0 ms  Boom",
        "+20 ms  answered",
    ]
    assert page.sections[0].jump == "Logs"


def test_a_line_opens_to_its_attributes_without_secrets(page: ReadPage) -> None:
    shown(page, around(lines=(line("token=abcdefghijklmnop", data={"order": 1042, "api_key": "s3cret"}),)))
    page.activate(f"{MINUS}100 ms")
    lines = page.lines()
    assert "order  1042" in lines
    assert "api_key  [Filtered]" in lines
    assert "abcdefghijklmnop" not in page.text()


def test_the_least_level_is_chosen_and_stays_for_the_next_event(page: ReadPage) -> None:
    levels = (Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.FATAL)
    what = around(lines=tuple(line(f"a {level} line", level=level) for level in levels))
    assert shown(page, what)[0].startswith("Logs  5  ") or shown(page, what)[0].endswith("Logs  5")
    page.activate("Warnings")
    assert [text for text in page.lines() if " line" in text] == [
        f"{MINUS}100 ms  a {level} line" for level in levels[2:]
    ]
    assert "3 of 5" in page.lines()[0]
    assert "a debug line" not in "\n".join(shown(page, what))
    page.activate("All")
    assert "a debug line" in page.text()


def test_long_logs_show_their_end_first(page: ReadPage) -> None:
    what = around(lines=tuple(line(f"line {n}", at=n - 1_000) for n in range(1_100)))
    lines = shown(page, what)
    assert lines[1] == "981 earlier"
    assert lines[-1] == "89 later"
    page.activate("981 earlier")
    page.activate("89 later")
    assert page.lines()[1] == "831 earlier"
    assert page.lines()[-1].endswith("line 1099")


def test_lines_of_about_the_same_time_say_that_they_are(page: ReadPage) -> None:
    lines = shown(page, around(lines=(line("x"),), by_time=True), server_name="vm")
    assert "No line names this error's trace: these are of shop on vm, from the minute before it." in lines


def test_without_lines_one_line_says_what_to_set_when_asked(page: ReadPage) -> None:
    assert shown(page, around(), protocol="sentry.envelope") == ["Logs  none came"]
    page.activate("Logs")
    assert "enable_logs" in page.text()
    assert shown(page, around(), protocol="plain")[0] == "Logs  none came"
    assert "OpenTelemetry" in page.text()


def test_switched_off_it_says_so(page: ReadPage) -> None:
    assert shown(page, around(), is_stored=False)[0] == "Logs  not stored"


def test_a_line_can_be_copied(page: ReadPage) -> None:
    shown(page, around(lines=(line("begins", data={"order": 1042}),)))
    page.menu("begins")["Copy message"]()
    assert page.clipboard_text() == "begins"
    page.menu("begins")["Copy log line"]()
    assert '"order": 1042' in page.clipboard_text()
