"""Facets and histogram of one list, connected: they show what the search says, and write it."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app import clock
from app.preferences import Preferences
from ui.issues import facets
from ui.issues.facets import COLUMN_WIDTH, TOOL_SIZE, terms
from ui.issues.facets.bars import Bars
from ui.issues.facets.facet_model import FacetRow, Kind, ValueRow
from ui.issues.facets.histogram import Histogram
from ui.issues.facets.sparklines import Sparklines
from ui.issues.facets.survey_feed import FacetWish, SurveyFeed
from ui.issues.facets.terms import Span
from ui.issues.feed import IssueFeed
from ui.issues.model import IssueListModel
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.theme import appearance
from ui.widgets import icons
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.facets.survey import Answer, Facet
    from ui.issues.facets.column import FacetColumn

DEFAULTS = Preferences()
VALUES, MORE_VALUES, MOST_VALUES = 6, 30, 500
# With less room than this for the list itself the column closes until there is more.
LEAST_LIST = 240


class ListSurvey(QObject):
    """`search_requested` carries the new text of the search. The pane puts the widgets where they belong.

    `column_made` carries the column when it is wanted for the first time: the window appears without it.
    `text` says what the search is, in which a term is added or removed. `resized`: the column opened or
    closed, and the pane wants so much more width, or less.
    """

    search_requested = Signal(str)
    column_made = Signal(object)
    resized = Signal(int)
    left = Signal()

    def __init__(
        self,
        store: StoreAccess,
        feed: IssueFeed,
        model: IssueListModel,
        text: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._parent = parent
        self._preferences: PreferencesAccess | None = None
        self._more: dict[str, int] = {}
        self._answer: Answer | None = None
        self._is_wanted = self._has_room = False
        self.feed = SurveyFeed(store, feed, self)
        feed.asked.connect(self._mark)
        self.sparklines = Sparklines(store, feed, model, self)
        self.histogram = Histogram(parent)
        self._column: FacetColumn | None = None
        self.facets_button = self._button("Facets beside the list", "Show the facets", "facets")
        self.histogram_button = self._button("The histogram over the list", "Show the histogram")
        self.histogram_button.setChecked(True)
        self._connect()

    def _button(self, tip: str, name: str, command: str = "") -> QPushButton:
        button = QPushButton("")
        button.setCheckable(True)
        button.setObjectName("tool")
        button.setFixedSize(TOOL_SIZE, TOOL_SIZE)
        button.setAccessibleName(name)
        set_tooltip(button, tip, command)
        return button

    def _connect(self) -> None:
        self.feed.answered.connect(self._show)
        self.facets_button.clicked.connect(lambda _checked: self.toggle_facets())
        self.histogram_button.clicked.connect(self.show_histogram)
        self.histogram.span_chosen.connect(self._choose_span)
        self.histogram.range_chosen.connect(lambda name: self._prefer(histogram_range=name))
        self.histogram.left.connect(self.left)
        appearance().themeChanged.connect(self._show_icons)
        self._show_icons()
        self._wish()

    @property
    def column(self) -> "FacetColumn":
        """The column of facets, hidden until it is opened. Making it takes 10 ms."""
        if self._column is None:
            self._column = facets.column.FacetColumn(self._parent)
            self._column.hide()
            self._connect_column(self._column)
            self.column_made.emit(self._column)
        return self._column

    def _connect_column(self, column: "FacetColumn") -> None:
        view = column.view
        # Made last, it would be reached behind everything else.
        chain = (self.histogram.range_button, column.choose_button, column.field, view)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        view.value_toggled.connect(lambda facet, value: self._write(terms.toggled, facet, value))
        view.value_excluded.connect(lambda facet, value: self._write(terms.excluding, facet, value))
        view.more_requested.connect(self._show_more)
        view.folded.connect(self._fold)
        column.chosen.connect(lambda facets: self._prefer(facets=facets))
        column.searched.connect(lambda _part: self._wish())
        column.keys_requested.connect(lambda: self.feed.read_keys(column.offer))
        column.left.connect(self.left)

    def use(self, preferences: PreferencesAccess) -> None:
        """Follow what the person has chosen: which facets, which are folded, and the histogram's range."""
        self._preferences = preferences
        preferences.changed.connect(self._follow)
        self._follow()

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the facets are wanted, whether or not there is room for them."""
        return self._is_wanted

    @property
    def _is_shown(self) -> bool:
        return self._column is not None and not self._column.isHidden()

    @property
    def has_histogram(self) -> bool:
        """Whether the histogram is shown."""
        return self.histogram_button.isChecked()

    def toggle_facets(self) -> None:
        """Open the column of facets, or close it."""
        self.open_facets(wanted=not self._is_wanted)
        if self._is_wanted and self._has_room:
            self.column.enter()
        elif not self._is_wanted:
            self.left.emit()

    def open_facets(self, *, wanted: bool) -> None:
        """Open the column, or close it."""
        if wanted != self._is_wanted:
            self._is_wanted = wanted
            self.resized.emit(COLUMN_WIDTH if wanted else -COLUMN_WIDTH)
            self.fit(self._parent.width())

    def fit(self, width: int) -> None:
        """Show the column where the pane is wide enough for it, beside the list."""
        self._has_room = width >= COLUMN_WIDTH + LEAST_LIST
        is_shown = self._is_wanted and self._has_room
        self.facets_button.setChecked(self._is_wanted)
        if is_shown != self._is_shown:
            self.column.setVisible(is_shown)
            self._wish()

    def show_histogram(self, shown: bool) -> None:
        """Show or fold the histogram."""
        self.histogram_button.setChecked(shown)
        self.histogram.setVisible(shown)
        self._wish()

    def stop(self) -> None:
        """Ask for nothing more."""
        self.feed.stop()
        self.sparklines.stop()

    # -- asking and showing ---------------------------------------------------------------------------------

    def _facets(self) -> tuple[str, ...]:
        return DEFAULTS.facets if self._preferences is None else self._preferences.chosen.facets

    def _folded(self) -> tuple[str, ...]:
        return () if self._preferences is None else self._preferences.chosen.folded_facets

    def _range(self) -> str:
        return "auto" if self._preferences is None else self._preferences.chosen.histogram_range

    def _wish(self) -> None:
        wishes: tuple[FacetWish, ...] = ()
        if self._is_shown:
            part, text = self.column.field.text().strip(), self._text()
            wishes = tuple(
                FacetWish(facet, self._more.get(facet, VALUES), part, terms.named(text, facet))
                for facet in self._facets()
                if facet not in self._folded() or part
            )
        self.feed.wish(wishes, self._range() if self.has_histogram else None)
        if self._is_shown:
            self._show_facets()

    def _follow(self) -> None:
        self.histogram.choose_range(self._range())
        self._wish()

    def _mark(self) -> None:
        """Mark what the search says, before its answer has come."""
        self.histogram.show_span(terms.seen(self._text(), clock.now_micros()))
        self._wish()

    def _show(self, answer: "Answer") -> None:
        self._answer = answer
        found = answer.histogram
        if found is None:
            self.histogram.show_bars(None)
        else:
            is_complete = answer.is_complete and not self.feed.is_looking
            bars = Bars(found.reach.value, found.begin, found.step, found.counts, is_complete)
            self.histogram.show_bars(bars)
        if self._is_shown:
            self._show_facets()

    def _show_facets(self) -> None:
        known = {} if self._answer is None else {facet.name: facet for facet in self._answer.facets}
        part = self.column.field.text().strip()
        folded = () if part else self._folded()
        self.column.show_rows([self._rows(name, known.get(name)) for name in self._facets()], folded)

    def _rows(self, name: str, facet: "Facet | None") -> tuple[FacetRow, list[ValueRow]]:
        if facet is None:
            return FacetRow(name), []
        text, counted = self._text(), facet.counted
        rows = [
            ValueRow(name, value, number, terms.standing(text, name, value))
            for value, number in counted.values
        ]
        if counted.others:
            more = f"{counted.others:,} more" + (" and others" if counted.is_cut else "")
            can_grow = self._more.get(name, VALUES) < MOST_VALUES
            rows.append(ValueRow(name, more, kind=Kind.MORE if can_grow else Kind.NOTE))
        if not rows and facet.is_complete:
            rows.append(ValueRow(name, "none", kind=Kind.NOTE))
        return FacetRow(name, facet.is_complete and not self.feed.is_looking), rows

    # -- what a person does ---------------------------------------------------------------------------------

    def _write(self, write: Callable[[str, str, str], str], facet: str, value: str) -> None:
        self.search_requested.emit(write(self._text(), facet, value))

    def _choose_span(self, span: Span | None) -> None:
        self.search_requested.emit(terms.with_seen(self._text(), span))

    def _show_more(self, facet: str) -> None:
        known = self._more.get(facet, VALUES)
        self._more[facet] = MORE_VALUES if known < MORE_VALUES else MOST_VALUES
        self._wish()

    def _fold(self, facet: str, is_folded: bool) -> None:
        if self.column.is_showing or self.column.field.text().strip():
            return
        others = tuple(each for each in self._folded() if each != facet)
        self._prefer(folded_facets=(*others, facet) if is_folded else others)

    def _prefer(self, **fields: object) -> None:
        if self._preferences is not None:
            self._preferences.change(**fields)

    def _show_icons(self) -> None:
        self.facets_button.setIcon(icons.icon("tag"))
        self.histogram_button.setIcon(icons.icon("chart"))
