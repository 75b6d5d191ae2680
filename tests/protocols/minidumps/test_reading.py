"""What is read of minidumps: real ones, made ones, and those that somebody has made to harm."""

import struct
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import minidumps
from app.protocols.minidumps.dump import Dump
from tests.protocols.minidumps import dumps
from tests.protocols.minidumps.dumps import Made


def read(content: bytes) -> Dump:
    return minidumps.reading.read(content)


def places(dump: Dump, thread: int) -> list[tuple[str, int, str]]:
    """The calls of a thread by their modules, oldest first."""
    found = []
    for call in dump.threads[thread].calls:
        module = dump.module_at(call.address)
        assert module is not None
        found.append((module.file.rpartition("/")[2], call.address - module.base, call.trust))
    return found


def test_crashpads_dump_says_why_and_where() -> None:
    dump = read(dumps.real("crashpad-segv"))
    assert dump.crash is not None
    assert (dump.crash.reason, dump.crash.about) == ("SIGSEGV", "SEGV_MAPERR at 0x10")
    assert dump.crash.thread == dump.threads[0].id
    assert [thread.name for thread in dump.threads] == ["shop", "mailer", "printer"]
    assert places(dump, 0) == [("shop", 0x1381, "context")]
    assert (dump.system, dump.processor, dump.cores) == ("Linux", "x86-64", 2)
    assert dump.annotations == {"area": "gpu", "prod": "shop", "ver": "2.1.0"}
    assert dump.modules[0].file == "/opt/shop/shop"
    assert dump.modules[0].code_id == "aa152423da22fea852025f661e89e4847c0d5206"
    assert dump.modules[0].debug_id == "232415aa-22da-a8fe-5202-5f661e89e484"
    assert dump.problems == ()


def test_breakpads_dump_has_the_chain_of_calls_and_the_command() -> None:
    dump = read(dumps.real("breakpad-segv"))
    assert places(dump, 0) == [
        ("libc.so.6", 0x27249, "fp"),
        ("till", 0x27C8, "fp"),
        ("till", 0x24F7, "context"),
    ]
    assert dump.command == "./till segv bpd"
    assert len(dump.threads) == 2
    assert dump.problems == ()


@pytest.mark.parametrize(("name", "own"), [("crashpad-abort", "shop"), ("breakpad-abort", "till")])
def test_an_abort_names_the_program_that_gave_up(name: str, own: str) -> None:
    dump = read(dumps.real(name))
    assert dump.crash is not None
    assert dump.crash.reason == "SIGABRT"
    (guessed, last) = places(dump, 0)
    assert (guessed[0], guessed[2]) == (own, "scan")
    assert (last[0], last[2]) == ("libc.so.6", "context")


def test_a_made_dump_of_windows() -> None:
    dump = read(Made(parameters=(1, 0x8), names={77: "render"}).content())
    assert dump.crash is not None
    assert (dump.crash.reason, dump.crash.about) == ("EXCEPTION_ACCESS_VIOLATION", "0x8 was written")
    assert [(thread.id, thread.name) for thread in dump.threads] == [(76, ""), (77, "render")]
    assert [module.file for module in dump.modules] == ["C:\\app\\shop.exe", "libpay.so"]
    assert (dump.system, dump.system_version) == ("Windows", "10.0.19045")
    assert dump.written == 1_795_000_000


def test_entries_that_are_aligned_to_eight_bytes_are_found() -> None:
    dump = read(Made(padding=bytes(4)).content())
    assert [thread.id for thread in dump.threads] == [76, 77]
    assert [module.base for module in dump.modules] == [0x10000, 0x50000]


def test_arm_of_64_bits_is_known_though_the_package_does_not_know_it() -> None:
    dump = read(Made(machine=dumps.ARM64, platform=dumps.MAC, code=1, flags=1).content())
    assert (dump.system, dump.processor) == ("macOS", "ARM64")
    assert dump.crash is not None
    assert dump.crash.reason == "EXC_BAD_ACCESS"
    assert places(dump, 1) == [("libpay.so", 0x10, "context")]


def test_streams_that_the_package_does_not_know_are_passed_over() -> None:
    content = bytearray(dumps.real("crashpad-segv"))
    count, directory = struct.unpack_from("<II", content, 8)
    kinds = [struct.unpack_from("<I", content, directory + 12 * number)[0] for number in range(count)]
    struct.pack_into("<I", content, directory + 12 * kinds.index(5), 23)
    assert read(bytes(content)) == read(dumps.real("crashpad-segv"))


def test_an_empty_dump_says_so() -> None:
    dump = read(b"MDMP\x93\xa7".ljust(80, b"\0"))
    assert dump.problems == ("The minidump is empty: it names no crash reason, no thread and no module.",)


def test_one_cut_in_its_header_says_so() -> None:
    assert read(b"MDMP\x93\xa7").problems == ("The minidump is cut within its header.",)


def test_what_was_read_before_the_cut_stays() -> None:
    whole = dumps.real("breakpad-segv")
    before = read(whole)
    dump = read(whole[: len(whole) // 8])
    assert before.problems == ()
    assert dump.problems
    assert dump.threads
    assert all(
        thread in [each.id for each in before.threads] for thread in [each.id for each in dump.threads]
    )


def _endless(kind: int, size: int) -> bytes:
    """A list of four billion entries, all of which lie in a file of twenty megabytes."""
    head = struct.pack("<4sIIIIIQ", b"MDMP", 0xA793, 0xFFFFFFFF, 32, 0, 0, 0)
    directory = struct.pack("<III", kind, 0xFFFFFFFF, 44)
    name = struct.pack("<I", 0xFFFFFFF0)
    return head + directory + struct.pack("<I", 0xFFFFFFFF) + (name * (size // 4))


@pytest.mark.parametrize("kind", [3, 4, 6, 7, 15, 24, 0x43500001, 0x47670006])
def test_a_dump_that_claims_to_be_endless_takes_no_time(kind: int) -> None:
    content = _endless(kind, 20_000_000)
    read(b"MDMP")
    start = time.process_time()
    dump = read(content)
    assert time.process_time() - start < 1
    assert len(dump.threads) <= 500
    assert len(dump.modules) <= 2_000


def test_streams_that_lead_in_a_circle_end() -> None:
    head = struct.pack("<4sIIIIIQ", b"MDMP", 0xA793, 200, 0, 0, 0, 0)
    content = head + b"".join(struct.pack("<III", kind, 0xFFFF, 0) for kind in range(170))
    read(content)


@given(data=st.data())
def test_a_dump_that_is_cut_and_overwritten_is_no_fault(data: st.DataObject) -> None:
    content = bytearray(dumps.real(data.draw(st.sampled_from(["crashpad-segv", "breakpad-segv"]))))
    for _number in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, 2_000))
        noise = data.draw(st.one_of(st.binary(max_size=8), st.just(b"\xff\xff\xff\xff")))
        content[at : at + len(noise)] = noise
    read(b"MDMP" + bytes(content[4 : data.draw(st.integers(4, len(content)))]))


def test_the_package_is_loaded_only_with_the_first_dump() -> None:
    code = (
        "import sys; from app.protocols import table, minidumps; from app.digest import understanding;"
        "assert 'minidump' not in sys.modules; minidumps.reading; assert 'minidump' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
