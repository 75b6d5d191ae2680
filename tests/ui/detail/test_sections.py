"""What each of the smaller sections shows of an event, and how it opens."""

from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from app.model import AttachmentInfo, Breadcrumb, Feedback, Frame, Grouping, Level, Request, Thread
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import CRASHED_AT, bare_event, frame, make_detail, make_event
from ui.detail.sections.attachments import AttachmentsSection, FeedbackSection
from ui.detail.sections.breadcrumbs import BreadcrumbsSection
from ui.detail.sections.context import ContextsSection, ExtraSection, FactsSection, ModulesSection
from ui.detail.sections.grouping import GroupingSection
from ui.detail.sections.header import HeaderSection
from ui.detail.sections.problems import ProblemsSection
from ui.detail.sections.raw import RawSection
from ui.detail.sections.request import RequestSection
from ui.detail.sections.tags import TagsSection
from ui.detail.sections.threads import ThreadsSection
from ui.detail.sections.user_agent import UserSection


def test_header_says_what_where_when_and_how_often(page: ReadPage) -> None:
    lines = page.open(make_detail(), HeaderSection).lines()
    assert lines[:4] == ["error", "PaymentError", "PaymentError happened", "shop.payment in charge_card"]
    assert lines[4].startswith("shop  ·  production  ·  shop@2.4.1  ·  20")
    assert lines[5].startswith("340 events  ·  12 users  ·  first seen")


def test_header_of_a_message_leads_with_its_first_line(page: ReadPage) -> None:
    event = bare_event(message="Disk almost full\n\n92 % of /var", level=Level.WARNING)
    assert page.open(make_detail(event), HeaderSection).lines()[:3] == [
        "warning",
        "Disk almost full",
        "92 % of /var",
    ]


def test_header_folds_a_long_message_and_opens_it(page: ReadPage) -> None:
    event = bare_event(message="first\n" + "\n".join(f"line {n}" for n in range(50)))
    page.open(make_detail(event), HeaderSection)
    assert "line 49" not in page.text()
    page.activate("Show more")
    assert "line 49" in page.text()


def test_markup_is_text(page: ReadPage) -> None:
    event = bare_event(message="<img src=x onerror=alert(1)><b>bold</b>")
    assert "<img src=x onerror=alert(1)><b>bold</b>" in page.open(make_detail(event), HeaderSection).lines()


def test_tags_flow_and_copy(page: ReadPage) -> None:
    page.open(make_detail(), TagsSection)
    assert page.lines() == ["Tags  2", "customer: gold", "level: error"]
    page.activate("customer")
    assert QGuiApplication.clipboard().text() == "gold"


def test_breadcrumbs_end_with_the_crash_and_show_earlier_ones_on_demand(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    assert page.lines()[1] == "5 earlier"
    assert page.lines()[-2:] == [
        "\N{MINUS SIGN}500 ms  query  SELECT 19",
        "0 ms  PaymentError: PaymentError happened",
    ]
    page.activate("5 earlier")
    assert page.lines()[1] == "\N{MINUS SIGN}10 s  query  SELECT 0"


def test_a_breadcrumb_opens_to_its_data(page: ReadPage) -> None:
    page.open(make_detail(), BreadcrumbsSection)
    page.activate("\N{MINUS SIGN}500 ms query SELECT 19")
    assert "rows  19" in page.lines()


def test_breadcrumbs_without_a_message_show_their_data(page: ReadPage) -> None:
    crumbs = (
        Breadcrumb(type="http", data={"method": "GET", "url": "http://a/b", "status_code": 500}),
        Breadcrumb(
            category="navigation",
            data={"from": "/a", "to": "/b"},
            timestamp=CRASHED_AT + timedelta(seconds=3),
        ),
        Breadcrumb(data={"a": 1, "b": 2}),
        Breadcrumb(),
    )
    lines = page.open(make_detail(make_event(breadcrumbs=crumbs)), BreadcrumbsSection).lines()
    assert [line.strip() for line in lines[1:4]] == [
        "http  GET http://a/b → 500",
        "+3.0 s  navigation  /a → /b",
        "a: 1, b: 2",
    ]


def test_request_shows_its_parts(page: ReadPage) -> None:
    lines = page.open(make_detail(), RequestSection).lines()
    assert lines[1] == "POST http://localhost:5000/checkout?coupon=TEA&coupon=CUP"
    assert 'coupon  ["TEA", "CUP"]' in lines
    assert "gift  true" in lines
    assert "Content-Type  application/json" in lines
    assert "theme  dark" not in lines
    page.activate("Cookies")
    assert "theme  dark" in page.lines()


def test_request_folds_stay_as_they_were_on_the_next_event(page: ReadPage) -> None:
    page.open(make_detail(), RequestSection).activate("Cookies")
    assert "theme  dark" in page.open(make_detail(), RequestSection).lines()


def test_a_body_of_json_text_is_read_and_any_other_shown_as_text(page: ReadPage) -> None:
    def opened(body: object) -> list[str]:
        event = make_event(request=Request(method="POST", url="http://x/", body=body))
        return page.open(make_detail(event), RequestSection).lines()

    assert "a  1" in opened('{"a": 1}')
    assert '{"a": 1' in opened('{"a": 1')
    assert "a=1&b=2" in opened("a=1&b=2")


def test_copies_the_request_as_curl(page: ReadPage) -> None:
    page.open(make_detail(), RequestSection).activate("Copy as cURL")
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("curl -X POST 'http://localhost:5000/checkout?coupon=TEA")
    )


def test_user_and_browser_in_words(page: ReadPage) -> None:
    lines = page.open(make_detail(), UserSection).lines()
    assert "email  ada@example.com" in lines
    assert "browser  Chrome 120 on Windows 10" in lines


def test_contexts_are_one_line_each_until_opened(page: ReadPage) -> None:
    page.open(make_detail(), ContextsSection)
    assert "runtime  CPython 3.11.7" in page.lines()
    page.activate("runtime")
    assert "version  3.11.7" in page.lines()


def test_extra_opens_and_copies(page: ReadPage) -> None:
    page.open(make_detail(), ExtraSection).activate("basket")
    assert "items  3" in page.lines()
    page.activate("Copy")
    assert '"items": 3' in QGuiApplication.clipboard().text()


def test_modules_are_folded(page: ReadPage) -> None:
    page.open(make_detail(), ModulesSection)
    assert page.lines() == ["Modules  1"]
    page.activate("Modules")
    assert "flask  3.1.0" in page.lines()


def test_facts_have_the_id_and_the_protocol(page: ReadPage) -> None:
    lines = page.open(make_detail(), FactsSection).lines()
    assert f"id  {'9f' * 16}" in lines
    assert "as  sentry.envelope" in lines


def test_threads_show_the_crashed_one_open_when_there_is_no_exception(page: ReadPage) -> None:
    threads = (
        Thread(id="1", name="idle", frames=(frame("wait"),)),
        Thread(id="2", name="worker", crashed=True, frames=(frame("boom"),)),
        Thread(id="3"),
    )
    page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection)
    assert page.lines()[1] == "worker  2  crashed · 1 frame"
    assert any(line.startswith("boom") for line in page.lines())
    assert not any(line.startswith("wait") for line in page.lines())
    page.activate("idle")
    assert any(line.startswith("wait") for line in page.lines())


def test_feedback_attachments_grouping_and_problems(page: ReadPage) -> None:
    event = make_event(
        feedback=(Feedback(name="Ada", email="ada@example.com", comments="It broke.\nTwice."),),
        attachments=(AttachmentInfo(filename="log.txt", content_type="text/plain", size=1_500),),
        fingerprint=("payment", "{{ default }}"),
    )
    detail = make_detail(event)
    assert page.open(detail, FeedbackSection).lines()[1:] == ["Ada  ada@example.com", "It broke.", "Twice."]
    assert page.open(detail, AttachmentsSection).lines()[1:] == ["log.txt  text/plain · 1.5 kB"]
    assert page.open(detail, GroupingSection).lines() == [
        "Grouping  v1",
        "Counted",
        "Exception types",
        "fingerprint  payment · {{ default }}",
        "Split or correct …",
    ]
    assert page.open(detail, ProblemsSection).lines()[1:] == ["timestamp 'soon' is not a time"]


def test_grouping_tells_what_counted_and_what_did_not(page: ReadPage) -> None:
    why = (
        "exception type: KeyError",
        "in-app frames: shop:pay",
        "not counted: 6 frames of django",
        "not counted: line numbers",
    )
    event = make_event(grouping=Grouping(algorithm="v2", why=why))
    assert page.open(make_detail(event), GroupingSection).lines() == [
        "Grouping  v2",
        "Counted",
        "Exception type: KeyError",
        "In-app frames: shop:pay",
        "Not counted",
        "6 frames of django",
        "Line numbers",
        "Split or correct …",
    ]


def test_raw_is_read_only_when_opened(page: ReadPage) -> None:
    page.open(make_detail(), RawSection)
    assert page.lines() == ["Raw  35 B"]
    page.activate("Raw")
    assert page.lines()[1:3] == ["POST /api/1/envelope/ HTTP/1.1", "{"]
    assert '  "type": "event"' in page.lines()
    page.activate("Copy all")
    assert QGuiApplication.clipboard().text().endswith('{"type":"event"}\n')


def test_a_big_raw_body_comes_in_parts(page: ReadPage) -> None:
    body = b"[" + b",".join(b'"%d"' % number for number in range(5_000)) + b"]"
    page.open(replace(make_detail(), raw_body=body), RawSection).activate("Raw")
    more = next(line for line in page.lines() if line.endswith("more lines"))
    before = len(page.lines())
    page.activate(more)
    assert len(page.lines()) > before


def test_an_event_with_nothing_has_a_head_and_its_facts(page: ReadPage) -> None:
    lines = page.open(make_detail(bare_event())).lines()
    assert "An error without a message" in lines
    assert not {"Stack trace", "Tags", "Request", "Breadcrumbs"} & set(lines)


def test_frames_with_nothing_known_show_a_question_mark(page: ReadPage) -> None:
    threads = (Thread(frames=(Frame(),), crashed=True),)
    assert "?" in page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection).lines()


def test_a_commit_as_release_is_shown_short_and_copied_whole(page: ReadPage) -> None:
    commit = "0c6a43d834495ffca4d5286867443a5810d69ebd"
    page.open(make_detail(bare_event(release=commit)), HeaderSection)
    facts = next(line for line in page.lines() if "0c6a43d83449" in line)
    assert commit not in facts
    page.menu("0c6a43d83449")["Copy release"]()
    assert page.clipboard_text() == commit
