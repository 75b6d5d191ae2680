from app.model import Frame
from ui.detail.sections.stack.frame_row import where


def test_places_as_editors_take_them() -> None:
    assert where(Frame(filename="a.py", line=3)) == "a.py:3"
    assert where(Frame(module="a.b")) == "a.b"
    assert where(Frame()) == ""
