"""What the list was searched for is marked on the page of an event."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.page.finder import Finder
from ui.detail.search_marks import SearchMarks


def marked(page: ReadPage, marks: SearchMarks) -> list[str]:
    found = []
    for index in range(len(page.stacking.rows)):
        spans = page.stacking.sheet(index).spans
        found += [spans[part.span].text[part.first : part.last] for part in marks.parts_in(index)[0]]
    return found


def test_words_of_a_search_are_marked_until_something_is_looked_for(page: ReadPage) -> None:
    finder = Finder(page)
    marks = SearchMarks(page, finder)
    page.show()
    page.open(make_detail(bare_event(title="one teapot", extra={"cup": "Tea"})))
    assert marked(page, marks) == []
    marks.mark("tea level:error -cup")
    assert marked(page, marks) == ["tea", "Tea"]
    assert marked(page, marks) == ["tea", "Tea"]
    finder.find("cup")
    assert "Tea" not in marked(page, marks)
    finder.find("")
    marks.mark("")
    assert marked(page, marks) == []
