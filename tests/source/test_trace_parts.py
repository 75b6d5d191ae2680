from app.model import ExceptionInfo, Frame
from app.source import trace_parts


def names(*exceptions: ExceptionInfo) -> list[str | None]:
    return [exception.type for exception in trace_parts.chain_of(exceptions)]


def test_a_chain_is_read_from_what_was_raised_to_its_first_cause() -> None:
    first, second, raised = (ExceptionInfo(type=name) for name in ("first", "second", "raised"))
    assert names(first, second, raised) == ["raised", "second", "first"]


def test_with_parents_a_chain_is_a_tree_and_each_comes_once() -> None:
    member = ExceptionInfo(type="member", parent=2)
    other = ExceptionInfo(type="other", parent=2)
    assert names(member, other, ExceptionInfo(type="group")) == ["group", "other", "member"]
    circle = ExceptionInfo(type="a", parent=1), ExceptionInfo(type="b", parent=0)
    assert sorted(map(str, names(*circle))) == ["a", "b"]


def test_names_have_their_module_once() -> None:
    assert trace_parts.with_module(Frame(module="main"), "main") == "main.main"
    assert trace_parts.with_module(Frame(module="shop"), "shop.pay") == "shop.pay"
    assert trace_parts.qualified(ExceptionInfo(type="KeyError", module="builtins")) == "KeyError"
    assert trace_parts.qualified(ExceptionInfo(type="Oops", module="shop")) == "shop.Oops"
