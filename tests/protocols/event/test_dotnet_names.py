import pytest

from app.protocols.event import dotnet_names


@pytest.mark.parametrize(
    ("module", "function", "expected"),
    [
        ("Shop.Printer+<UpdateAsync>d__24", "MoveNext", ("Shop.Printer", "UpdateAsync")),
        ("Shop.Printer/<UpdateAsync>d__24`1", "MoveNext", ("Shop.Printer", "UpdateAsync")),
        ("Shop.Printer.<UpdateAsync>c__async0", "MoveNext()", ("Shop.Printer", "UpdateAsync()")),
        ("Shop.Printer+<Walk>d__3[System.Int32]", "MoveNext", ("Shop.Printer", "Walk")),
        ("<UpdateAsync>d__24", "MoveNext", (None, "UpdateAsync")),
        ("Program+<<Main>$>d__0", "MoveNext", ("Program", "Main")),
        (
            "Shop.Program+<>c__DisplayClass0_0+<<Main>b__0>d",
            "MoveNext",
            ("Shop.Program", "Main { <lambda> }"),
        ),
        ("Shop.Program+<<Main>g__Retry|0_0>d", "MoveNext", ("Shop.Program", "Main { Retry }")),
        ("Shop.Till.VB$StateMachine_3_Update", "MoveNext", ("Shop.Till", "Update")),
        ("Shop.Printer+<>c__DisplayClass3_0", "<Send>b__0", ("Shop.Printer", "Send { <lambda> }")),
        ("Shop.Printer+<>c", "<Send>b__3_0", ("Shop.Printer", "Send { <lambda> }")),
        ("Shop.Printer", "<Send>g__Retry|3_0", ("Shop.Printer", "Send { Retry }")),
        ("Shop.Printer", "<.ctor>b__0", ("Shop.Printer", ".ctor { <lambda> }")),
        (None, "Shop.Printer.<UpdateAsync>d__24.MoveNext()", (None, "Shop.Printer.UpdateAsync()")),
        (None, "Shop.Printer+<UpdateAsync>d__24.MoveNext", (None, "Shop.Printer.UpdateAsync")),
        (None, "Shop.Printer+<>c.<Send>b__3_0(Int32 n)", (None, "Shop.Printer.Send { <lambda> }(Int32 n)")),
    ],
)
def test_the_names_that_the_compiler_made(
    module: str | None, function: str, expected: tuple[str | None, str]
) -> None:
    assert dotnet_names.demangled(module, function) == expected


@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("Shop.Till", "Charge"),
        ("Shop.Till", ".ctor"),
        ("Shop.Walker", "MoveNext"),
        (None, "MoveNext"),
        ("Shop.Till", "Pay<T>"),
        ("Program", "<Main>$"),
        ("Shop.Till", None),
        (None, "<Send>b__" + "0" * 600),
    ],
)
def test_names_that_a_person_wrote_stay(module: str | None, function: str | None) -> None:
    assert dotnet_names.demangled(module, function) == (module, function)


def test_statements_outside_any_class() -> None:
    assert dotnet_names.top_level("<Main>$") == "Main"
    assert dotnet_names.top_level("Program.<Main>$") == "Program.Main"
    assert dotnet_names.top_level("Main") is None
