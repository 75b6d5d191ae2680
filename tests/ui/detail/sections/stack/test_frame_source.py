"""What this machine adds to a frame's source, as a person sees and copies it."""

import os
import shutil
from pathlib import Path

import pytest

from app.model import Event, ExceptionInfo, Frame, Thread
from app.preferences import Preferences
from tests.source.repositories import committed
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail, make_event
from ui.detail.sections.stack.stack_trace import StackTraceSection
from ui.detail.sections.stack.threads import ThreadsSection

BUNDLES = Path(__file__).parents[4] / "samples/bundles"
PAY = "def charge(card):\n    amount = total(card)\n    return card.take(amount)\n"


def failing(*frames: Frame, **fields: object) -> Event:
    raised = ExceptionInfo(type="PaymentError", value="declined", frames=frames)
    return make_event(exceptions=(raised,), threads=(), **fields)


def charge(path: Path, **fields: object) -> Frame:
    return Frame(abs_path=str(path), filename="shop/pay.py", function="charge", line=2, **fields)  # type: ignore[arg-type]


def write(folder: Path) -> Path:
    path = folder / "shop" / "pay.py"
    path.parent.mkdir(parents=True)
    path.write_text(PAY, "utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def confirm(page: ReadPage, *folders: Path) -> None:
    page.preferences.chosen = Preferences(source_roots=tuple(map(str, folders)))


def show(page: ReadPage, event: Event) -> list[str]:
    return page.open(make_detail(event), StackTraceSection).lines()


def test_a_person_is_asked_for_the_folder_before_a_file_is_read(page: ReadPage, tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "shop/pyproject.toml").touch()
    lines = show(page, failing(charge(path)))
    assert f"Show the source from {path} …" in lines
    assert not any("amount" in line for line in lines)
    page.activate("Show the source from")
    assert f"Confirm {path.parent}" in page.lines()
    page.activate("Show the source from")
    assert f"Confirm {path.parent}" not in page.lines()
    page.activate("Show the source from")
    page.activate(f"Confirm {path.parent}")
    assert page.preferences.chosen.source_roots == (str(path.parent),)
    lines = page.lines()
    assert "2      amount = total(card)" in lines
    assert "From disk" in lines


def test_a_file_saved_after_the_error_says_so(page: ReadPage, tmp_path: Path) -> None:
    path = write(tmp_path)
    os.utime(path, (4_000_000_000, 4_000_000_000))
    confirm(page, tmp_path)
    assert "From disk · saved after this error: lines may have moved" in show(page, failing(charge(path)))


def test_the_commit_that_ran_and_what_changed_since(page: ReadPage, tmp_path: Path) -> None:
    ran = committed(tmp_path, "shop/pay.py", PAY)
    path = tmp_path / "shop/pay.py"
    path.write_text(PAY.replace("total(card)", "total(card) + 1"), "utf-8")
    confirm(page, tmp_path)
    lines = show(page, failing(charge(path), release=f"shop@{ran}"))
    assert f"As of {ran[:7]}, which the event names" in lines
    assert "2      amount = total(card)" in lines
    page.activate("The file here has changed since")
    assert any("+    amount = total(card) + 1" in line for line in page.lines())
    page.activate("The file here has changed since")
    assert not any("total(card) + 1" in line for line in page.lines())


def test_a_line_that_is_another_here_is_marked(page: ReadPage, tmp_path: Path) -> None:
    path = write(tmp_path)
    confirm(page, tmp_path)
    context = tuple(enumerate(PAY.splitlines(), 1))
    assert not any("The file here" in line for line in show(page, failing(charge(path, context=context))))
    path.write_text("import bank\n" + PAY, "utf-8")
    os.utime(path, (1_100_000_000, 1_100_000_000))
    lines = show(page, failing(charge(path, context=context)))
    assert "In the file here, this is line 3" in lines
    path.write_text("import bank\n" + PAY.replace("card.take", "bank.take"), "utf-8")
    os.utime(path, (1_200_000_000, 1_200_000_000))
    lines = show(page, failing(charge(path, context=context)))
    assert "The file here differs at this line, where it is line 3" in lines
    page.activate("The file here differs")
    assert any("+    return bank.take(amount)" in line for line in page.lines())


def test_a_bundle_is_shown_as_it_was_written(page: ReadPage, tmp_path: Path) -> None:
    shutil.copytree(BUNDLES, tmp_path / "shop")
    confirm(page, tmp_path)
    script = str(tmp_path / "shop/app.min.js")
    sent = Frame(abs_path=script, filename=script, function="n", line=1, column=144)
    lines = show(page, failing(sent, platform="node"))
    assert "priceOf  shop/src/cart.js:18" in lines
    assert "18    return price.amount * item.quantity;" in lines
    assert "From the source map of app.min.js:1:144" in lines
    menu = page.menu("priceOf")
    menu["Copy compiled place"]()
    assert page.clipboard_text() == f"{script}:1:144"
    menu["Copy stack trace"]()
    source = tmp_path / "shop/src/cart.js"
    assert page.clipboard_text() == f"PaymentError: declined\n    at priceOf ({source}:18:16)"


def test_why_a_bundle_stays_as_it_is(page: ReadPage) -> None:
    sent = Frame(
        filename="https://shop.example/app.min.js", line=1, column=144, context=((1, "var a = 1;" * 30),)
    )
    lines = show(page, failing(sent, platform="javascript"))
    assert "No source map: shop.example is not this machine, and others are not asked." in lines


def test_a_mangled_name_is_read_and_can_be_copied_as_it_came(page: ReadPage) -> None:
    sent = Frame(function="_ZN4shop4Cart5totalEi", filename="cart.cpp", line=3, context=((3, "return 1;"),))
    assert "shop::Cart::total  cart.cpp:3" in show(page, failing(sent, platform="native"))
    assert "_ZN4shop4Cart5totalEi" in page.zone("shop::Cart::total").tooltip
    page.menu("shop::Cart::total")["Copy compiled name"]()
    assert page.clipboard_text() == "_ZN4shop4Cart5totalEi"


def test_lines_frames_and_traces_are_copied(page: ReadPage) -> None:
    context = tuple(enumerate(PAY.splitlines(), 1))
    show(page, failing(charge(Path("/none/pay.py"), context=context), platform="python"))
    menu = page.menu("charge")
    menu["Copy line 2"]()
    assert page.clipboard_text() == "    amount = total(card)"
    menu["Copy frame"]()
    assert page.clipboard_text().split("\n")[:3] == [
        "shop/pay.py:2 in charge",
        "  1  def charge(card):",
        "> 2      amount = total(card)",
    ]
    menu["Copy stack trace"]()
    assert page.clipboard_text() == (
        'Traceback (most recent call last):\n  File "/none/pay.py", line 2, in charge\n'
        "    amount = total(card)\nPaymentError: declined"
    )


def test_a_threads_trace_is_its_own(page: ReadPage) -> None:
    frame = charge(Path("/none/pay.py"), context=((2, "    pass"),))
    event = bare_event(platform="python", threads=(Thread(name="worker", crashed=True, frames=(frame,)),))
    page.open(make_detail(event), ThreadsSection)
    page.menu("charge")["Copy stack trace"]()
    assert page.clipboard_text().startswith('Thread "worker"\n  File "/none/pay.py", line 2')


def test_a_cut_line_opens_and_folds(page: ReadPage) -> None:
    long = "    return call(" + ", ".join(f"argument_{n}" for n in range(40)) + ")"
    context = ((1, long), (2, "    pass"))
    show(page, failing(charge(Path("/none/pay.py"), context=context)))
    before = page.stacking.height
    page.activate("Line 1")
    assert page.zone("Line 1").opened
    assert page.stacking.height > before
    page.activate("Line 1")
    assert page.stacking.height == before


@pytest.mark.parametrize("opened", ["step0", "step40"])
def test_a_frame_that_is_opened_later_is_read_then(page: ReadPage, tmp_path: Path, opened: str) -> None:
    context = ((2, "    return 1"),)
    library = [
        Frame(filename=f"{n}.py", function=f"step{n}", line=2, in_app=False, context=context)
        for n in range(50)
    ]
    show(page, failing(*library, charge(tmp_path / "own.py", context=context)))
    page.activate("50 frames")
    page.activate(f"{opened}, ")
    row = [row for row in page.stacking.rows if row.name == "Source, line 2"][-1]
    assert "syntax_keyword" in {span.colour for span in row.sheet(page.theme.type_, 760).spans}
