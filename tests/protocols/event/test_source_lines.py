from app.protocols.event import source_lines


def test_lines_around_a_frame_are_numbered_from_its_own() -> None:
    assert source_lines.around(7, ["a", "b"], "c", ["d"]) == ((5, "a"), (6, "b"), (7, "c"), (8, "d"))
    assert source_lines.around(7, None, "c", None) == ((7, "c"),)
    assert source_lines.around(None, ["a"], "c", None) == ()
    assert source_lines.around(7, ["a"], None, ["d"]) == ()


def test_numbered_lines_come_in_order_and_without_line_ends() -> None:
    lines = {"10": "ten\n", "9": "nine\r\n", "x": "none", "11": None, "-1": "none"}

    assert source_lines.numbered(lines) == ((9, "nine"), (10, "ten"))
    assert source_lines.numbered(None) == ()
