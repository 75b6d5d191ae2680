"""Which addresses are the app's own code."""

import pytest

from app.protocols.minidumps.code import Code, is_own
from app.protocols.minidumps.dump import DumpModule

CODE = Code(
    [
        DumpModule(file="libc.so.6", base=0x5000, size=0x1000),
        DumpModule(file="/opt/shop/shop", base=0x1000, size=0x100),
    ]
)


@pytest.mark.parametrize(
    ("address", "has", "has_own"),
    [(0xFFF, False, False), (0x1000, True, True), (0x1100, False, False), (0x5FFF, True, False)],
)
def test_an_address_lies_in_a_module_or_in_none(address: int, has: bool, has_own: bool) -> None:
    assert (CODE.has(address), CODE.has_own(address)) == (has, has_own)


@pytest.mark.parametrize(
    "file",
    [
        "libc.so.6",
        "ld-linux-x86-64.so.2",
        "KERNELBASE.dll",
        "ntdll.dll",
        "C:\\WINDOWS\\SYSTEM32\\ucrtbase.dll",
    ],
)
def test_the_systems_libraries_are_not_the_apps(file: str) -> None:
    assert not is_own(file)


@pytest.mark.parametrize("file", ["libcard.so", "/opt/shop/libpay.so.2", "C:\\app\\shop.exe", "?"])
def test_all_others_are(file: str) -> None:
    assert is_own(file)
