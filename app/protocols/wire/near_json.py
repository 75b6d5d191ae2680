"""Rewrites what people and careless programs write in place of JSON, as JSON.

Python's and JavaScript's literals, comments, single quotes, names without quotes, commas too many or too few,
wrong escapes. One pass over tokens, linear in the length; nothing is ever evaluated. Libraries for this were
tried: json-repair takes 2.3 s for 8 KiB of quotes, pyjson5 and json5 stop at the first `True`, at a line end
in a text, and at text around the document.
"""

import json
import re

from msgspec import Struct, field

LARGEST = 1 << 18
_DEEPEST = 500
# Longer numbers become text.
_LONGEST_NUMBER = 300

# A quote ends a string only before a sign, the next string, or a name and its colon.
_END = r"(?=\s{0,99}(?:[,:}\])=]|\Z|[\"'{\[/#]|[\w.-]{1,99}\s{0,9}:))"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>//[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z))
    | (?:[ubrUBR]{{1,2}}(?=["']))?
      (?: "(?P<double>(?:[^"\\]+|\\.|"(?!{_END}))*)(?P<double_end>["\\]?)
        | '(?P<single>(?:[^'\\]+|\\.|'(?!{_END}))*)(?P<single_end>['\\]?)
        | “(?P<curly>[^”\\]*(?:\\.[^”\\]*)*)(?P<curly_end>[”\\]?)
      )
    | (?P<sign>[{{}}\[\],:()]|=>?)
    | (?P<word>[^\s{{}}\[\](),:"'=“]+(?:\([^(){{}}\n]{{0,200}}\))?|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(u[0-9a-fA-F]{0,3}\Z|.|\Z))", re.DOTALL)
_BAD_ESCAPE = re.compile(r"\\(?:[\"\\/bfnrt]|u[0-9a-fA-F]{4}|u?[0-9a-fA-F]{0,3}\Z|(.))", re.DOTALL)
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_OTHER_NUMBER = re.compile(r"([+-]?)(0[xX][0-9a-fA-F]{1,16}|\d{1,300}\.?|\d{0,300}\.\d{1,300})")
_LITERALS = {"true": "true", "false": "false", "null": "null"}
_ODD_LITERALS = {
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
    **dict.fromkeys(("None", "NULL", "Null", "nil", "undefined"), "null"),
}
_NOT_NUMBERS = {"NaN": "NaN", "nan": "NaN", "Infinity": "Infinity", "inf": "Infinity", "Inf": "Infinity"}
_CLOSER = {"{": "}", "[": "]", "(": "]"}


class Rewritten(Struct, frozen=True):
    """`text` is JSON, or its beginning; `end` is where its source ends; `faults` names what was corrected."""

    text: str
    end: int
    faults: tuple[str, ...]


class _Writer(Struct):
    """The JSON so far. `state` is what may come next: start, key, colon, value, or a sign after a value."""

    parts: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    state: str = "start"
    words: list[str] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)
    pairs: int = 0

    def fault(self, name: str) -> None:
        if len(self.faults) < 8:
            self.faults[name] = None


def rewrite(text: str) -> Rewritten | None:
    """The object or list at the beginning of `text` as JSON; None when nothing in it looks like one.

    Objects and lists that are open at the end of `text` stay open.
    """
    writer = _Writer()
    end = len(text)
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "space":
            continue
        if kind == "word":
            writer.words.append(token["word"])
            continue
        _flush(writer)
        if kind == "comment":
            writer.fault("a comment")
        elif kind == "sign":
            _sign(writer, token["sign"])
        else:
            _text(writer, token)
        if not writer.opened or len(writer.opened) > _DEEPEST:
            end = token.end()
            break
    _flush(writer)
    return Rewritten("".join(writer.parts), end, tuple(writer.faults)) if writer.pairs else None


def mend_escapes(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with every invalid escape turned into its literal characters; cheap for any length."""
    faults: dict[str, None] = {}

    def mended(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        if len(faults) < 8:
            faults[f"the escape \\{match[1]}"] = None
        return "'" if match[1] == "'" else "\\" + match[0]

    return _BAD_ESCAPE.sub(mended, text), tuple(faults)


def _text(writer: _Writer, token: re.Match[str]) -> None:
    kind = next(name for name in ("double", "single", "curly") if token[name] is not None)
    inner = token[kind]
    if kind != "double":
        writer.fault("single quotes" if kind == "single" else "curly quotes")
    elif '"' in inner.replace('\\"', ""):
        writer.fault("a quote within a text")
    whole = json.dumps(_unescaped(writer, inner))
    is_closed = token[f"{kind}_end"] not in ("", "\\")
    _value(writer, whole if is_closed else whole[:-1], is_text=True)


def _unescaped(writer: _Writer, inner: str) -> str:
    if "\\" not in inner:
        return inner

    def character(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        if match[2]:
            writer.fault(f"the escape \\x{match[2]}")
            return chr(int(match[2], 16))
        other = match[3]
        if other in _PLAIN:
            return _PLAIN[other]
        if match.end() == len(inner) and other[:1] in ("", "u"):
            return ""
        writer.fault(f"the escape \\{other if other.isprintable() else '(line end)'}")
        return {"'": "'", "\n": ""}.get(other, "\\" + other)

    return _ESCAPE.sub(character, inner)


def _flush(writer: _Writer) -> None:
    """Write the collected words as one value: only blanks were between them."""
    if not writer.words:
        return
    words, writer.words = writer.words, []
    word = " ".join(words)
    if word in _LITERALS or (len(word) <= _LONGEST_NUMBER and _NUMBER.fullmatch(word)):
        _value(writer, _LITERALS.get(word, word), is_text=False)
        return
    sign, bare = ("-", word[1:]) if word[:1] == "-" else ("", word.removeprefix("+"))
    other = _OTHER_NUMBER.fullmatch(word)
    if writer.state in ("start", "key", "end") and writer.opened[-1:] == ["{"]:
        writer.fault("a name without quotes")
        _value(writer, json.dumps(word), is_text=True)
    elif word in _ODD_LITERALS:
        writer.fault(f"the word {word}")
        _value(writer, _ODD_LITERALS[word], is_text=False)
    elif bare in _NOT_NUMBERS:
        writer.fault(f"{sign}{_NOT_NUMBERS[bare]}, which is not a JSON number and is shown as text")
        _value(writer, json.dumps(sign + _NOT_NUMBERS[bare]), is_text=True)
    elif other is not None:
        writer.fault(f"the number {word[:40]}")
        _value(writer, _plain_number(other), is_text=False)
    else:
        writer.fault("a text without quotes")
        _value(writer, json.dumps(word), is_text=True)


def _plain_number(match: re.Match[str]) -> str:
    sign, digits = match[1].replace("+", ""), match[2]
    if digits[:2].lower() == "0x":
        return f"{sign}{int(digits, 16)}"
    whole, _dot, fraction = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}" + (f".{fraction}" if fraction else "")


def _value(writer: _Writer, written: str, *, is_text: bool) -> None:
    parts = writer.parts
    if writer.opened[-1:] != ["{"]:
        if not writer.opened:
            return
        _separate(writer)
        parts.append(written)
        writer.state = "end"
    elif writer.state in ("start", "key", "end"):
        _separate(writer)
        parts.append(written if is_text else json.dumps(written))
        writer.state = "colon"
    else:
        if writer.state == "colon":
            writer.fault("a missing colon")
            parts.append(":")
            writer.pairs += 1
        parts.append(written)
        writer.state = "end"


def _separate(writer: _Writer) -> None:
    """Write the comma before the next item, if there is an item before it."""
    if writer.state == "end":
        writer.fault("a missing comma")
    if writer.state in ("end", "key"):
        writer.parts.append(",")


def _sign(writer: _Writer, sign: str) -> None:
    if sign in _CLOSER:
        _open(writer, sign)
    elif sign in "}])":
        _close(writer, "]" if sign == ")" else sign)
    elif sign == ",":
        _complete(writer)
        if writer.state != "end":
            writer.fault("a comma too many")
        else:
            writer.state = "key"
    elif writer.state == "colon":
        if sign != ":":
            writer.fault(f"{sign} for a colon")
        writer.parts.append(":")
        writer.pairs += 1
        writer.state = "value"
    else:
        writer.fault(f"a {sign} too many")


def _open(writer: _Writer, sign: str) -> None:
    if sign == "(":
        writer.fault("round brackets")
    if writer.opened[-1:] == ["{"] and writer.state in ("start", "key", "end"):
        _separate(writer)
        writer.fault("a value without a name")
        writer.parts.append('"":')
    elif writer.opened[-1:] == ["{"] and writer.state == "colon":
        writer.parts.append(":")
    elif writer.opened:
        _separate(writer)
    writer.opened.append("{" if sign == "{" else "[")
    writer.parts.append(writer.opened[-1])
    writer.state = "start"


def _complete(writer: _Writer) -> None:
    """Give a name whose value is missing the value null."""
    if writer.state in ("colon", "value") and writer.opened[-1:] == ["{"]:
        writer.fault("a name without a value")
        writer.parts.append(":null" if writer.state == "colon" else "null")
        writer.state = "end"


def _close(writer: _Writer, closer: str) -> None:
    if closer not in map(_CLOSER.get, writer.opened):
        writer.fault(f"a {closer} too many")
        return
    while writer.opened:
        _complete(writer)
        if writer.state == "key":
            writer.fault("a comma too many")
        own = _CLOSER[writer.opened.pop()]
        writer.parts.append(own)
        writer.state = "end"
        if own == closer:
            return
        writer.fault(f"a missing {own}")
