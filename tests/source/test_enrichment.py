import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.model import Frame
from app.preferences import Preferences
from app.source import enrichment
from app.source.dev_server import DevServers
from app.source.differences import Kind
from app.source.enrichment import About, Enriched, Origin
from app.source.symbol_process import SymbolProcess
from tests.source.repositories import committed
from tests.ui.detail.samples import make_event

BUNDLES = Path(__file__).parents[1] / "samples/bundles"
PAY = '"""Payments."""\n\n\ndef charge(card):\n    amount = total(card)\n    return card.take(amount)\n'
BEFORE, AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def process() -> Iterator[SymbolProcess]:
    made = SymbolProcess()
    yield made
    made.close()


@pytest.fixture
def pay(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "pay.py"
    path.parent.mkdir()
    path.write_text(PAY, "utf-8")
    return path


def call(path: Path, line: int = 5, **fields: object) -> Frame:
    return Frame(abs_path=str(path), filename="shop/pay.py", function="charge", line=line, **fields)  # type: ignore[arg-type]


def enrich(
    process: SymbolProcess,
    *frames: Frame,
    roots: tuple[Path, ...] = (),
    happened_at: datetime = AFTER,
    commits: tuple[str, ...] = (),
    platform: str = "python",
) -> Enriched:
    about = About(project="shop", platform=platform, happened_at=happened_at, commits=commits)
    chosen = Preferences(source_roots=tuple(map(str, roots)))
    looked_at = range(len(frames))
    return enrichment.enrich(frames, looked_at, about, chosen, process=process, servers=DevServers())


def test_what_was_sent_is_coloured_and_stays(process: SymbolProcess, tmp_path: Path) -> None:
    sent = call(tmp_path / "none.py", context=((5, "    return 1"),))
    found = enrich(process, sent)
    assert found.frames == (sent,)
    assert found.shown[0].origin is Origin.SENT
    assert found.shown[0].lines[0].runs[0] == (4, 10, "keyword")
    assert not found.shown[0].has_difference


def test_source_comes_from_disk_below_a_confirmed_folder_only(
    process: SymbolProcess, pay: Path, tmp_path: Path
) -> None:
    asked = enrich(process, call(pay)).shown[0]
    assert (asked.origin, asked.ask, asked.lines) == (Origin.NOWHERE, pay, ())
    found = enrich(process, call(pay), roots=(tmp_path,))
    shown = found.shown[0]
    assert (shown.origin, shown.file, shown.changed) == (Origin.DISK, pay, False)
    assert dict(found.frames[0].context)[5] == "    amount = total(card)"
    assert not shown.has_difference


def test_a_file_that_was_saved_after_the_error_is_marked(
    process: SymbolProcess, pay: Path, tmp_path: Path
) -> None:
    os.utime(pay, (1_600_000_000, 1_600_000_000))
    assert enrich(process, call(pay), roots=(tmp_path,), happened_at=BEFORE).shown[0].changed
    assert not enrich(process, call(pay), roots=(tmp_path,), happened_at=AFTER).shown[0].changed


def test_a_file_that_is_shorter_or_no_text_says_so(process: SymbolProcess, pay: Path, tmp_path: Path) -> None:
    short = enrich(process, call(pay, line=70), roots=(tmp_path,)).shown[0]
    assert short.why_not == "pay.py here has 6 lines only: it is another version."
    pay.write_bytes(b"\0" * 10)
    assert (
        enrich(process, call(pay), roots=(tmp_path,)).shown[0].why_not
        == "pay.py is not shown: it is no text."
    )


def test_the_commit_that_ran_is_shown_instead_with_the_difference(
    process: SymbolProcess, tmp_path: Path
) -> None:
    ran = committed(tmp_path / "repo", "shop/pay.py", PAY)
    pay = tmp_path / "repo/shop/pay.py"
    pay.write_text(PAY.replace("amount = total", "fee = 1\n    amount = fee + total"), "utf-8")
    found = enrich(process, call(pay), roots=(tmp_path,), commits=(ran,))
    shown = found.shown[0]
    assert (shown.origin, shown.version) == (Origin.COMMIT, ran[:7])
    assert dict(found.frames[0].context)[5] == "    amount = total(card)"
    assert shown.has_difference
    about = About(project="shop", platform="python", happened_at=AFTER, commits=(ran,))
    lines = enrichment.difference(shown, about)
    assert [line.text for line in lines if line.kind is Kind.NOW] == [
        "    fee = 1",
        "    amount = fee + total(card)",
    ]
    pay.write_text(PAY, "utf-8")
    assert not enrich(process, call(pay), roots=(tmp_path,), commits=(ran,)).shown[0].has_difference


def test_where_the_file_here_differs_from_what_was_sent(
    process: SymbolProcess, pay: Path, tmp_path: Path
) -> None:
    context = tuple(enumerate(PAY.splitlines()[3:], 4))
    same = enrich(process, call(pay, context=context), roots=(tmp_path,)).shown[0]
    assert (same.file, same.has_difference) == (pay, False)
    pay.write_text("# new\n# new\n" + PAY, "utf-8")
    os.utime(pay, (1, 2_000_000_000))
    moved = enrich(process, call(pay, context=context), roots=(tmp_path,)).shown[0]
    assert (moved.moved_to, moved.has_difference) == (7, False)
    pay.write_text("# new\n# new\n" + PAY.replace("return card", "return bank"), "utf-8")
    os.utime(pay, (2, 2_000_000_001))
    other = enrich(process, call(pay, context=context), roots=(tmp_path,)).shown[0]
    assert 5 in other.other_lines
    assert other.moved_to == 7
    assert other.has_difference


def test_originals_take_the_place_of_compiled_frames(process: SymbolProcess, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(BUNDLES, shop)
    sent = Frame(abs_path=str(shop / "app.min.js"), filename="app.min.js", function="n", line=1, column=144)
    found = enrich(process, sent, roots=(tmp_path,), platform="node")
    shown = found.shown[0]
    assert found.frames[0].function == "priceOf"
    assert (shown.origin, shown.compiled, shown.has_difference) == (Origin.MAP, "app.min.js:1:144", False)
    (line,) = [line for line in shown.lines if line.number == 18]
    assert line.mark is not None
    assert line.text[slice(*line.mark)] == "amount"


def test_mangled_names_are_read_for_all_frames(process: SymbolProcess) -> None:
    frames = [Frame(function="_ZN4shop3payEv"), Frame(function="main")]
    about = About(project="shop", platform="native", happened_at=AFTER)
    found = enrichment.enrich(frames, [0], about, Preferences(), process=process, servers=DevServers())
    assert [frame.function for frame in found.frames] == ["shop::pay", "main"]
    assert found.shown[0].symbol == "_ZN4shop3payEv"


def test_webpacks_own_names_are_shown_as_files(process: SymbolProcess) -> None:
    sent = Frame(filename="webpack-internal:///./src/cart.js", function="pay", line=3, column=3)
    assert enrich(process, sent, platform="javascript").frames[0].filename == "src/cart.js"


def test_only_those_are_coloured_that_are_asked_for(process: SymbolProcess, tmp_path: Path) -> None:
    sent = [call(tmp_path / f"{n}.py", context=((5, "    return 1"),)) for n in range(2)]
    about = About(project="shop", platform="python", happened_at=AFTER)
    found = enrichment.enrich(
        sent, range(2), about, Preferences(), colour={1}, process=process, servers=DevServers()
    )
    assert not found.shown[0].is_coloured
    assert found.shown[0].lines[0].runs == ()
    assert found.shown[1].is_coloured
    assert found.shown[1].lines == enrichment.with_colours(found.shown[0], "python").lines


def test_ten_thousand_frames_are_looked_at_in_part(process: SymbolProcess, tmp_path: Path) -> None:
    frames = [call(tmp_path / f"{n}.py", line=n) for n in range(10_000)]
    about = enrichment.about(make_event())
    chosen = Preferences(source_roots=(str(tmp_path),))
    found = enrichment.enrich(
        frames, range(9_900, 10_000), about, chosen, process=process, servers=DevServers()
    )
    assert len(found.frames) == 10_000
    assert len(found.shown) == 100
