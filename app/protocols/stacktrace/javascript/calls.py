"""Parses one line of a JavaScript stack, as V8 (Node, Chromium), Gecko or JavaScriptCore writes it.

V8: https://v8.dev/docs/stack-trace-api, and so do Hermes, Edge and Internet Explorer; Gecko:
https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Error/stack. Some lines are calls
wherever they stand, others only beside those (`weak_call`): ``pay@1:557290`` may be anything.
"""

import re

from app.model import Frame
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.javascript import places

# Most lines of V8 are so: read at once, for many a trace is read.
_PLAIN = re.compile(
    r"at (?:async[ \t]{1,20})?(?P<function>[^()]+) "
    r"\((?P<path>[^()\s]+):(?P<line>\d{1,9}):(?P<column>\d{1,9})\)"
)
_ASYNC = re.compile(r"async[ \t]{1,20}")
_ALIAS = re.compile(r" \[as [^\]]*\]$")
# Safari's extensions: "pay@safari-web-extension:(//4A5B…/cart.js:1:2)".
_SAFARI_EXTENSION = re.compile(r"(?:(?P<function>.*)@)?(?P<scheme>safari-(?:web-)?extension:)")
# React before 17 says where a component was made: "in Cart (at App.js:12)", "in Cart (created by App)".
_COMPONENT = re.compile(
    r"in (?P<name>[\w$.()<>-]{1,200}) "
    r"\((?:at (?P<path>[^\s:()]{1,500}):(?P<line>\d{1,9})|created by [^()]{1,200})\)"
)

# A name that nothing but code has, before "@": without blanks, but for what engines write themselves.
_SURE_NAME = re.compile(
    r"""
      (?:global|eval|module|Function)\ code | \[native\ code\]
    | (?:[\w ]{1,40}(?:\.\w{1,60})?\*){0,4} (?:(?:get|set|bound|async|new|static)\ ){0,2}
      [^\s@(){}"',;]* (?:\[(?:"[^"\n]{0,200}"|'[^'\n]{0,200}')\][^\s@(){}"',;\[]*){0,5}
    | [^\s@(){}"',;]{0,200} \((?:[^()\n]{0,300}|\[arguments\ not\ available\])\)
    | <anonymous(?:\ function)?(?::\ [^>\s]{1,200})?>(?:\([^()\n]{0,300}\))?
    """,
    re.VERBOSE,
)
# Firefox before 14 and Opera write the arguments, in which there may be anything.
_ARGUMENTS = re.compile(
    r"(?:<anonymous(?: function)?(?:: (?P<called>[^>\s]*))?>|(?P<name>[^\s()]*))\(.*\)", re.DOTALL
)
_BARE_NAME = re.compile(r"(?:global|eval|module|Function) code|[\w$#.<>/\[\]*-]*[^\W\d][\w$#.<>/\[\]*-]*")
_ROOTED = re.compile(r"[A-Za-z][\w.+-]*:|/|\\\\")
_RELATIVE = re.compile(r"(?P<path>[^\s@:/][^\s@:]+):(?P<line>\d{1,9}):(?P<column>\d{1,9})")
_NO_FILE = re.compile(r"(?P<line>\d{1,9}):(?P<column>\d{1,9})")
_WITHOUT_FILE = ("<anonymous>", "native", "native code", places.NATIVE)
_MOST_SIGNS = 12
# Duktape's: "at pay (cart.js:9) strict construct", "at map () native strict".
_FLAGS = re.compile(
    r"(?P<call>.*\)) (?:(?:native|strict|internal|directeval|tailcall|construct|preventsyield)(?: |$)){1,7}"
)
_FILE_ALONE = re.compile(r"(?P<name>[^()]{1,300}) \((?P<path>[^\s()]*[^\s()\d])\)")
_WORD_AND_LINE = re.compile(
    r"(?P<name>[^()]{1,300}) \((?P<path>[^\s():]{0,300}):(?P<line>\d{1,9})\)(?: [a-z]{1,20}){0,7}"
)
# "<anonymous>", and "<Jasmine>" of calls that it leaves out.
_IN_ANGLES = re.compile(r"<[\w .-]{1,80}>")
_LONG_DATA = re.compile(r"(?P<head>\bdata:[^,\s]{0,200}[,:]).*(?P<end>.{64})", re.DOTALL)


def v8_call(text: str) -> Frame | None:
    """``at fn (file:line:column)`` without what surrounds it; None for any other text."""
    if not text.startswith("at ") or (text := _bounded(text)) == "":
        return None
    plain = _PLAIN.fullmatch(text)
    if plain is not None and "wasm-function[" not in plain["path"]:
        called = _ALIAS.sub("", plain["function"].strip()) or None
        return places.located(plain["path"], int(plain["line"]), int(plain["column"]), called)
    rest = _ASYNC.sub("", text[3:].strip(), count=1) if text.startswith("at async") else text[3:].strip()
    flags = _FLAGS.fullmatch(rest) if not rest.endswith(")") else None
    if flags is not None:
        rest = flags["call"]
        if rest.endswith(" ()"):
            return frame("javascript", "native", function=rest[:-3])
    if rest.startswith("eval at "):
        return places.read(rest, "eval")
    opening = _opening(rest) if rest.endswith(")") else None
    if opening is None:
        return places.read(rest, None, is_bare=True)
    name, place = rest[:opening], rest[opening + 1 : -1].strip()
    if place.startswith("//"):
        extension = _SAFARI_EXTENSION.fullmatch(name)
        if extension is not None:
            return places.read(extension["scheme"] + place, extension["function"])
    function = _ALIAS.sub("", name.strip()) or None
    if not name or name.endswith(" "):
        return places.read(place, function)
    if " " in name and not name.startswith(("new ", "async ")):
        return None
    # Without a blank before it, as Java writes its places: so it has to be a script's.
    found = places.read(place, function)
    if found is None:
        return None
    path = found.filename or ""
    is_script = places.is_sure(path) if found.line is not None else path in _WITHOUT_FILE
    return found if is_script or found.column is not None else None


def weak_v8_call(text: str) -> Frame | None:
    """``at <anonymous>``, ``at pay (input:7)``: a call only among calls; None for any other text."""
    if len(text) > LONGEST_LINE or not text.startswith("at "):
        return None
    rest = text[3:].strip().removeprefix("async ")
    if rest in ("native", "unknown", places.NATIVE) or _IN_ANGLES.fullmatch(rest) is not None:
        return frame("javascript", rest)
    if rest.endswith(" ()"):
        # Where the text went through HTML, "(<anonymous>)" has become that.
        return frame("javascript", "<anonymous>", function=rest[:-3])
    alone = _FILE_ALONE.fullmatch(rest)
    if alone is not None:
        return places.without_line(alone["path"], alone["name"])
    match = _WORD_AND_LINE.fullmatch(rest)
    if match is None:
        return None
    # Bun: "at <parse> (:0)".
    path, line = match["path"] or None, int(match["line"]) or None
    return frame("javascript", path, line, function=match["name"])


def _opening(text: str) -> int | None:
    """Where the bracket opens that the last one closes; in a name or path there may be others, also alone."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            if text.count("(", 0, at) == text.count(")", 0, at):
                return at
            break
    first = text.find(" (")
    return first + 1 if first >= 0 else 0 if text[0] == "(" else None


def gecko_call(text: str) -> Frame | None:
    """``fn@url:line:column`` of Firefox and Safari, where it is certain; None for any other text."""
    return _gecko(text, is_sure=True)


def nameless_call(text: str) -> Frame | None:
    """A line of Safari with a place but no function. To be trusted only next to lines that are certain."""
    if (text := _bounded(text)) == "":
        return None
    if text in ("eval code", "global code", "module code"):
        return frame("javascript", places.NATIVE, function=text)
    native = places.in_code(text, None)
    if native is not None:
        return native
    if " " in text or "@" in text.partition("/")[0] or not places.is_sure(text):
        return None
    return places.read(text, None, is_bare=True)


def weak_call(text: str) -> Frame | None:
    """A call in Gecko's form that could be other text, too: to be trusted only among calls."""
    return nameless_call(text) or gecko_call(text) or _gecko(text, is_sure=False) or _relative(text)


def _relative(text: str) -> Frame | None:
    match = _RELATIVE.fullmatch(text) if len(text) <= 500 else None
    if match is None or ("/" not in match["path"] and not places.is_sure(match["path"])):
        return None
    return places.located(match["path"], int(match["line"]), int(match["column"]), None)


def bare_name(text: str) -> Frame | None:
    """A function alone: Safari writes no place of code that has none."""
    if len(text) > 300 or _BARE_NAME.fullmatch(text) is None:
        return None
    return frame("javascript", None, function=text)


def component(text: str) -> Frame | None:
    """A component of React's own stack, ``in Cart (at App.js:12)``; None for any other text."""
    match = _COMPONENT.fullmatch(text) if text.startswith("in ") and len(text) <= LONGEST_LINE else None
    if match is None:
        return None
    line = int(match["line"]) if match["line"] else None
    return frame("javascript", match["path"], line, function=match["name"])


def _gecko(text: str, *, is_sure: bool) -> Frame | None:
    if (text := _bounded(text)) == "":
        return None
    at = -1
    for _sign in range(_MOST_SIGNS):
        at = text.find("@", at + 1)
        if at < 0:
            break
        found = _gecko_at(text[:at], text[at + 1 :], is_sure=is_sure)
        if found is not None:
            return found
    return None


def _gecko_at(name: str, place: str, *, is_sure: bool) -> Frame | None:
    if is_sure and _SURE_NAME.fullmatch(name) is None:
        return None
    if not is_sure and ("://" in name or len(name) > 500):
        return None
    if "@" in place and "@" in place.partition("://")[0] and "://" in place:
        # "cart@7@http://…": the name itself has the sign.
        return None
    # "setTimeout handler*later" is `later`, called by a timer.
    function = name.rpartition("*")[2] or None
    arguments = _ARGUMENTS.fullmatch(function) if function and function.endswith(")") else None
    if arguments is not None:
        function = arguments["called"] or arguments["name"] or None
    found = places.in_code(place, function)
    if found is not None:
        return found
    located = places.read(place, function, is_bare=True)
    if located is not None and _is_certain(place, located):
        return located
    if is_sure:
        return None
    unplaced = _NO_FILE.fullmatch(place)
    if unplaced is not None:
        # React Native without a bundle's name.
        return frame("javascript", None, int(unplaced["line"]), int(unplaced["column"]), function=function)
    if place in ("", ":0") and _SURE_NAME.fullmatch(name) is not None:
        return frame("javascript", None, function=function)
    return places.read(place, function) or places.without_line(place, function)


def _is_certain(place: str, call: Frame) -> bool:
    """Whether the text behind "@" is a place in code: "@scope/cart.js:12" may be a file that a tool names."""
    if " > " in place or "wasm-function[" in place:
        return call.line is not None or places.is_sure(call.filename or "") or call.filename == "[wasm code]"
    return places.is_sure(call.filename or "") and (
        call.column is not None or _ROOTED.match(place) is not None
    )


def _bounded(text: str) -> str:
    """`text`, if it is short enough for patterns; of code in a long ``data:`` URL the ends; else nothing."""
    if len(text) <= LONGEST_LINE:
        return text
    match = _LONG_DATA.search(text) if "data:" in text[:1000] else None
    if match is None or match.start() > 1000:
        return ""
    return f"{text[: match.end('head')]}…{match['end']}"
