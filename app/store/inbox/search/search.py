"""A search as what the store looks for: see `docs/search.md` for the language.

An issue is found when one of its events matches the whole search. What is asked of the issue itself is true
of all of its events or of none. So a search is a few alternatives, each of conditions on the issue and of
what one and the same event of it has to have: `(is:muted or timeout) env:dev` is "muted, with an event of
dev" or "with an event of dev that has timeout". Each is looked for by itself.
"""

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from app import clock
from app.query import parser, stack_lines
from app.query.fields import FIELDS
from app.query.syntax import All, Node, Not, Term
from app.store import match_tree
from app.store.inbox.search import event_terms, issue_terms
from app.store.match_tree import ANYTHING, NOTHING, Match

# Of a text with more words than so, these are looked for, and of alternatives these: nobody types as many.
MOST_PARTS = 100
MOST_ALTERNATIVES = 32

# Terms about an issue that have to be true or false.
_Asked = frozenset[tuple[Term, bool]]
# What is asked of the issue and what of the event, of each alternative.
_Mixed = dict[_Asked, Match]
_NO_TERMS: _Asked = frozenset()


class Alternative(Struct, frozen=True, eq=False):
    """What is asked of an issue, and of one of its events; None: nothing of the one, or of the other."""

    issue: ColumnElement[bool] | None
    event: Match | None


class Search(Struct, frozen=True, eq=False):
    """A search taken apart: it finds what any of the alternatives does."""

    alternatives: tuple[Alternative, ...]

    @property
    def issue_condition(self) -> ColumnElement[bool]:
        """The condition on `issues` that is true of everything that is found."""
        if any(each.issue is None for each in self.alternatives):
            return true()
        return or_(false(), *(each.issue for each in self.alternatives if each.issue is not None))


def parse(text: str, now: int | None = None) -> Search:
    """Take a search apart; there is no text that cannot be searched for. `now` is in microseconds."""
    moment = clock.now_micros() if now is None else now
    root = stack_lines.parse(text) or parser.parse(text).root
    mixed = None if root is None else _mixed(root, is_wanted=True)
    if mixed is None:
        return Search((Alternative(None, None),))
    of_issues = [asked for asked, match in mixed.items() if match == ANYTHING]
    found = [
        Alternative(_condition(asked, moment), match)
        for asked, match in mixed.items()
        if match not in (ANYTHING, NOTHING)
    ]
    if of_issues:
        # Those that nothing else is asked of are one: all issues are looked through once.
        conditions = [_condition(asked, moment) for asked in of_issues]
        is_all = any(condition is None for condition in conditions)
        either = None if is_all else or_(false(), *(each for each in conditions if each is not None))
        found.insert(0, Alternative(either, None))
        if is_all:
            return Search((found[0],))
    return Search(tuple(found))


def _condition(asked: _Asked, now: int) -> ColumnElement[bool] | None:
    conditions = []
    for term, is_wanted in sorted(asked, key=repr):
        condition = issue_terms.condition(term, now)
        if condition is not None:
            conditions.append(condition if is_wanted else not_(condition))
    return and_(true(), *conditions) if conditions else None


def _mixed(node: Node, *, is_wanted: bool) -> _Mixed | None:
    """The alternatives of a node, or of its opposite; None where it says nothing."""
    if isinstance(node, Not):
        return _mixed(node.of, is_wanted=not is_wanted)
    if isinstance(node, Term):
        return _of_term(node, is_wanted=is_wanted)
    parts = [_mixed(part, is_wanted=is_wanted) for part in node.of[:MOST_PARTS]]
    known = [part for part in parts if part is not None]
    if not known:
        return None
    is_all = isinstance(node, All) is is_wanted
    return _all(known) if is_all else _either(known)


def _of_term(term: Term, *, is_wanted: bool) -> _Mixed | None:
    if term.key and FIELDS[term.key].is_of_issue:
        if not term.value:
            return None
        same = Term(
            key=term.key, value=term.value, operator=term.operator, name=term.name, is_quoted=term.is_quoted
        )
        return {frozenset({(same, is_wanted)}): ANYTHING}
    match = event_terms.match(term)
    if match is None:
        return None
    return {_NO_TERMS: match if is_wanted else match_tree.without(match)}


def _all(parts: list[_Mixed]) -> _Mixed:
    found: _Mixed = {_NO_TERMS: ANYTHING}
    for part in parts:
        joined: dict[_Asked, list[Match]] = {}
        for asked, match in found.items():
            for other, its in part.items():
                both = asked | other
                if not any((term, not is_true) in both for term, is_true in both):
                    joined.setdefault(both, []).append(match_tree.all_of([match, its]))
        found = _joined(joined)
    return found


def _either(parts: list[_Mixed]) -> _Mixed:
    joined: dict[_Asked, list[Match]] = {}
    for part in parts:
        for asked, match in part.items():
            joined.setdefault(asked, []).append(match)
    return _joined(joined)


def _joined(joined: dict[_Asked, list[Match]]) -> _Mixed:
    mixed = {asked: match_tree.any_of(matches) for asked, matches in joined.items()}
    known = [(asked, match) for asked, match in mixed.items() if match != NOTHING]
    return dict(known[:MOST_ALTERNATIVES])
