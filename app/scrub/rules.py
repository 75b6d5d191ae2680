"""The rules by which secrets are found: those that are built in, and a person's own.

A person's regular expressions are matched by RE2, whose time grows with the text's length alone, whatever
the expression (https://github.com/google/re2/wiki/WhyRE2): there are no look-arounds and no backreferences.
"""

import re
from collections.abc import Callable, Sequence

import re2
from msgspec import Struct, field

from app import secret_names
from app.preferences import ScrubPattern
from app.secrets_in_text import FILTERED, has_signs, hide, hide_in_code

LONGEST_PATTERN = 500
MOST_PATTERNS = 100
# What one compiled expression may take: a larger one is slow to build, and to match.
_MOST_MEMORY = 1 << 20
_NO_LETTERS = re.compile(r"[\W_]+")
_FIELD = re.compile(r"[\w .$@:*-]{1,200}")
# Takes the rule's name and what it found.
Note = Callable[[str, str], None]
BUILT_IN = "built-in rules"


class BadPattern(Exception):
    """A pattern cannot be used; the text is a sentence for the user."""


def _options() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    return options


def check(pattern: ScrubPattern) -> None:
    """Raises `BadPattern` when a pattern cannot be used."""
    text = pattern.pattern
    if not text.strip():
        raise BadPattern("The pattern is empty.")
    if len(text) > LONGEST_PATTERN:
        raise BadPattern(f"The pattern has {len(text):,} characters; {LONGEST_PATTERN} are allowed.")
    if pattern.is_field:
        if not _FIELD.fullmatch(text) or not _plain(text):
            raise BadPattern("A field's name has letters, digits, blanks, and . _ - $ @ : only.")
        return
    try:
        compiled = re2.compile(text, _options())
        matches_nothing = compiled.search("") is not None
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPattern(f"{_reason(error)} {_HELP}") from error
    if matches_nothing:
        raise BadPattern("The pattern matches an empty text too, and so every place in every text.")


_HELP = "Patterns are in RE2's syntax: without look-arounds and backreferences, which can be too slow."


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if "too large" in text:
        return "The pattern is too large: it would be too slow."
    return f"The pattern cannot be read: {text[:200]}."


class Rules(Struct, frozen=True):
    """The built-in rules and a person's own. `fields` are names in lower case without what is no letter."""

    fields: frozenset[str] = frozenset()
    expressions: "tuple[re2._Regexp, ...]" = ()
    problems: tuple[str, ...] = field(default=())

    def is_secret(self, name: str) -> bool:
        """Whether a value of this name is hidden."""
        return secret_names.is_secret(name) or self.is_own_field(name)

    def is_own_field(self, name: str) -> bool:
        """Whether a person's own rules hide a value of this name."""
        return bool(self.fields) and _plain(name) in self.fields

    def hide(self, text: str, note: Note | None = None, *, is_code: bool = False) -> str:
        """`text` with ``[Filtered]`` in place of what any rule finds; `note` is told of each."""
        hidden = text
        if has_signs(text):
            hidden = hide_in_code(text) if is_code else hide(text)
        if note is not None and hidden is not text:
            for _number in range(hidden.count(FILTERED) - text.count(FILTERED)):
                note(BUILT_IN, "")
        return self.hide_own(hidden, note)

    def hide_own(self, text: str, note: Note | None = None) -> str:
        """The same by a person's own expressions only."""
        for expression in self.expressions:
            # RE2 works on UTF-8, which has no half surrogate pairs.
            text = text if text.isascii() else text.encode("utf-8", "replace").decode()
            found = [match for match in expression.finditer(text) if match[0] and match[0] != FILTERED]
            if not found:
                continue
            parts: list[str] = []
            at = 0
            for match in found:
                begin, end = match.span()
                parts += (text[at:begin], FILTERED)
                at = end
                if note is not None:
                    note(expression.pattern, match[0])
            text = "".join((*parts, text[at:]))
        return text


def made(patterns: Sequence[ScrubPattern]) -> Rules:
    """The rules with these patterns; what cannot be used is left out, and named in `problems`."""
    fields: set[str] = set()
    expressions = []
    problems = []
    for pattern in patterns[:MOST_PATTERNS]:
        try:
            check(pattern)
        except BadPattern as bad:
            problems.append(f"{pattern.pattern[:60]}: {bad}")
            continue
        if pattern.is_field:
            fields.add(_plain(pattern.pattern))
        else:
            expressions.append(re2.compile(pattern.pattern, _options()))
    return Rules(frozenset(fields), tuple(expressions), tuple(problems))


def _plain(name: str) -> str:
    return _NO_LETTERS.sub("", name.lower())
