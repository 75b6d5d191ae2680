"""The module that an address lies in."""

from app.protocols.minidumps.dump import Dump, DumpModule


def test_an_address_lies_in_one_module_or_in_none() -> None:
    module = DumpModule(file="shop", base=0x1000, size=0x100)
    dump = Dump(modules=(module,))
    assert dump.module_at(0x10FF) == module
    assert dump.module_at(0x1100) is None
