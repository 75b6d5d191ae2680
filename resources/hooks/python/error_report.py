"""Writes an uncaught exception of a Python program down, as a Sentry event: one file of JSON.

The event is that of Sentry's clients (https://develop.sentry.dev/sdk/data-model/event-payloads/). The file
appears whole or not at all, in a folder that `main.py run` reads. To write it takes no socket and no wait.

Nothing of the program's own code is called to show a value, not even to ask for its type (a proxy would look
up what it stands for): what is no plain value is shown by the names of its type and by its attributes. All is
bounded: values, frames, bytes, and time. It imports nothing that the interpreter has not loaded before the
program began. Python 2.7 and later.
"""

import os
import sys
import time

MOST_FRAMES = 100
MOST_VALUES = 4000
MOST_IN_ONE = 50
DEEPEST = 4
LONGEST_TEXT = 1000
LONGEST_MESSAGE = 8000
MOST_EXCEPTIONS = 20
LARGEST_SOURCE = 4000000
LARGEST_REPORT = 900000
LINES_AROUND = 5
SECONDS = 0.4
# So many reports a process leaves in a second, and in all.
MOST_A_SECOND = 20
MOST_IN_ALL = 1000

IS_PYTHON_3 = sys.version_info[0] >= 3
if IS_PYTHON_3:
    TEXT, BYTES, WHOLE = str, (bytes, bytearray), (int,)
else:
    TEXT, BYTES, WHOLE = unicode, (str, bytearray), (int, long)  # noqa: F821

CONTAINERS = (list, tuple, set, frozenset, dict)

# Types of the standard library that say what they are, in code of its own.
SPOKEN = frozenset(
    (
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
        ("uuid", "UUID"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
        ("pathlib", "PurePosixPath"),
        ("pathlib", "PureWindowsPath"),
        ("pathlib._local", "PosixPath"),
        ("pathlib._local", "WindowsPath"),
        ("ipaddress", "IPv4Address"),
        ("ipaddress", "IPv6Address"),
        ("builtins", "range"),
        ("builtins", "slice"),
        ("builtins", "complex"),
        ("__builtin__", "complex"),
        ("__builtin__", "xrange"),
        ("re", "Pattern"),
        ("_sre", "SRE_Pattern"),
    )
)
SHAPED = frozenset(("numpy", "pandas", "torch"))

_left = {"count": 0, "second": 0, "in_second": 0}
_library = os.path.dirname(os.path.abspath(os.__file__)) + os.sep


def report(folder, kind, error_type, error, traceback, thread=None):
    """Write the error down in `folder`, unless a client that reports it itself is there."""
    if not os.path.isdir(folder) or has_client(sys.modules) or not is_due():
        return
    event_id = "".join("%02x" % number for number in bytearray(os.urandom(16)))
    event = _event(event_id, kind, error_type, error, traceback, thread)
    text = dumps(event)
    if len(text) > LARGEST_REPORT:
        for value in event["exception"]["values"]:
            for frame in value["stacktrace"]["frames"]:
                frame.pop("vars", None)
        text = dumps(event)
    _write(folder, event_id, text)


def is_due():
    """Whether a report may be left now: an error in a loop is not to fill a disk."""
    second = int(time.time())
    if second != _left["second"]:
        _left["second"], _left["in_second"] = second, 0
    _left["count"] += 1
    _left["in_second"] += 1
    return _left["count"] <= MOST_IN_ALL and _left["in_second"] <= MOST_A_SECOND


def has_client(modules):
    """Whether a client that reports errors is set up in this process, now."""
    return any(_asked(modules, name, ask) for name, ask in CLIENTS)


def _asked(modules, name, ask):
    module = modules.get(name)
    if module is None:
        return False
    try:
        return bool(ask(module))
    except Exception:
        # Another version of it, which says it elsewhere: then it is there.
        return True


def _sentry(module):
    get_client = getattr(module, "get_client", None)
    client = get_client() if get_client is not None else module.Hub.current.client
    return client is not None and (
        getattr(client, "transport", None) is not None or getattr(client, "spotlight", None) is not None
    )


def _opentelemetry(module):
    return module._TRACER_PROVIDER is not None


CLIENTS = (
    ("sentry_sdk", _sentry),
    ("raven.base", lambda module: module.Raven is not None),
    ("rollbar", lambda module: module._initialized),
    ("bugsnag", lambda module: module.configuration.api_key),
    ("honeybadger", lambda module: module.honeybadger.config.api_key),
    ("pybrake.notifier", lambda module: True),
    ("airbrake.notifier", lambda module: True),
    ("elasticapm", lambda module: module.get_client() is not None),
    ("opentelemetry.trace", _opentelemetry),
)


def _event(event_id, kind, error_type, error, traceback, thread):
    values = Values(time.time() + SECONDS)
    sources = {}
    chained = _chain(error_type, error, traceback)
    has_group = any(_held(one[1]) for one in chained)
    described = [_exception(one, kind, values, sources, has_group) for one in chained]
    event = {
        "event_id": event_id,
        "timestamp": time.time(),
        "platform": "python",
        "level": "error",
        # Sentry's order: what was raised last stands last.
        "exception": {"values": described[::-1]},
        "sdk": {"name": "arecibo.hook.python", "version": "1"},
        "contexts": {"runtime": {"name": _implementation(), "version": sys.version.split(" ")[0]}},
        "extra": {"sys.argv": [_text(given) for given in list(getattr(sys, "argv", ()))[:MOST_IN_ONE]]},
    }
    if thread is not None:
        name, ident = getattr(thread, "_name", None), getattr(thread, "_ident", None)
        shown = {"id": str(ident), "name": _text(name or ""), "crashed": True, "current": True}
        event["threads"] = {"values": [shown]}
    return event


def _implementation():
    implementation = getattr(sys, "implementation", None)
    name = getattr(implementation, "name", "cpython")
    return {"cpython": "CPython", "pypy": "PyPy"}.get(name, name)


def _chain(error_type, error, traceback):
    """The error, and what it came from, as (type, error, traceback, number, parent's number, how).

    An exception group is followed by what it holds.
    """
    found, seen = [], set()
    waiting = [(error_type, error, traceback, None, None)]
    while waiting and len(found) < MOST_EXCEPTIONS:
        one_type, one, trace, parent, how = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        number = len(found)
        found.append((one_type, one, trace, number, parent, how))
        more = []
        more += [(inner, "exceptions[%d]" % place) for place, inner in enumerate(_held(one))]
        cause = getattr(one, "__cause__", None)
        if cause is not None:
            more.append((cause, "__cause__"))
        elif not getattr(one, "__suppress_context__", False):
            more.append((getattr(one, "__context__", None), "__context__"))
        following = [
            (type(each), each, getattr(each, "__traceback__", None), number, source)
            for each, source in more
            if each is not None
        ]
        waiting = following + waiting
    return found


def _held(error):
    """What an exception group holds."""
    group = getattr(sys.modules.get("builtins"), "BaseExceptionGroup", None)
    if group is None or not isinstance(error, group):
        return ()
    return group.exceptions.__get__(error)[:MOST_IN_ONE]


def _exception(one, kind, values, sources, is_in_group):
    error_type, error, traceback, number, parent, how = one
    mechanism = {"type": "chained" if number else kind, "handled": False}
    if is_in_group:
        # Only then does order alone not say what came from what.
        mechanism["exception_id"] = number
        if parent is not None:
            mechanism["parent_id"] = parent
            mechanism["source"] = how
        if _held(error):
            mechanism["is_exception_group"] = True
    module = getattr(error_type, "__module__", None)
    return {
        "type": _text(getattr(error_type, "__name__", "") or str(error_type)),
        "value": _message(error_type, error),
        "module": None if module in (None, "builtins", "exceptions", "__main__") else _text(module),
        "mechanism": mechanism,
        "stacktrace": {"frames": _frames(error, traceback, values, sources)},
    }


def _message(error_type, error):
    try:
        if isinstance(error, SyntaxError):
            # As Python prints it: the place stands elsewhere.
            message = _text(error.msg)
        else:
            try:
                message = _text(str(error) if IS_PYTHON_3 else error.__str__())
            except UnicodeError:
                message = _text(unicode(error))  # noqa: F821
        notes = getattr(error, "__notes__", None)
        if isinstance(notes, list):
            message = "\n".join([message] + [_text(note) for note in notes[:MOST_IN_ONE]])
    except Exception:
        message = "<exception str() failed>"
    return message[:LONGEST_MESSAGE]


def _frames(error, traceback, values, sources):
    calls = []
    while traceback is not None:
        calls.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    if len(calls) > MOST_FRAMES:
        calls = calls[: MOST_FRAMES // 4] + calls[-(MOST_FRAMES - MOST_FRAMES // 4) :]
    # The last calls say most: their locals are shown before the bounds are reached.
    frames = [_frame(frame, line, values, sources) for frame, line in reversed(calls)][::-1]
    if isinstance(error, SyntaxError) and isinstance(error.filename, (str, TEXT)) and error.lineno:
        frames.append(_place(error.filename, None, None, error.lineno, sources, {}))
    return frames


def _frame(frame, line, values, sources):
    code = frame.f_code
    module = frame.f_globals.get("__name__")
    module = _text(module) if isinstance(module, (str, TEXT)) else None
    shown = _place(code.co_filename, module, code.co_name, line, sources, frame.f_globals)
    if shown["in_app"] or not values.is_over():
        local = frame.f_locals
        is_module = local is frame.f_globals or code.co_name == "<module>"
        shown["vars"] = values.names(dict(local), is_module)
    return shown


def _place(path, module, function, line, sources, names):
    path = _text(path)
    is_named = path.startswith("<")
    full = path if is_named else os.path.abspath(path)
    shown = {
        "filename": path if is_named else _short_name(module, full),
        "abs_path": full,
        "function": _text(function) if function else None,
        "module": module,
        "lineno": line,
        "in_app": not (
            is_named
            and path.startswith("<frozen")
            or os.sep + "site-packages" + os.sep in full
            or os.sep + "dist-packages" + os.sep in full
            or full.startswith(_library)
        ),
    }
    lines = _source(full, sources, names)
    if lines and line and 0 < line <= len(lines):
        first = max(0, line - 1 - LINES_AROUND)
        shown["pre_context"] = lines[first : line - 1]
        shown["context_line"] = lines[line - 1]
        shown["post_context"] = lines[line : line + LINES_AROUND]
    return shown


def _short_name(module, path):
    """The file as Sentry's client names it: from the folder on that the package stands in."""
    if not module or "." not in module:
        return os.path.basename(path)
    base = sys.modules.get(module.split(".", 1)[0])
    file = getattr(base, "__file__", None)
    if not file:
        return path
    above = os.path.dirname(os.path.dirname(os.path.abspath(file)))
    return path[len(above) :].lstrip(os.sep) if path.startswith(above) else path


def _source(path, sources, names):
    if path not in sources:
        text = b""
        try:
            if os.path.isfile(path):
                if os.path.getsize(path) <= LARGEST_SOURCE:
                    with open(path, "rb") as file:
                        text = file.read()
            else:
                # A module in a zip.
                loader = names.get("__loader__")
                if type(loader).__name__ == "zipimporter":
                    text = loader.get_source(names.get("__name__")) or ""
        except Exception:
            text = b""
        decoded = text if isinstance(text, TEXT) else text.decode("utf-8", "replace")
        sources[path] = [line[:LONGEST_TEXT] for line in decoded.split("\n")]
    return sources[path]


class Values(object):
    """Shows values as Sentry's clients do: text as in a program, and containers as such."""

    def __init__(self, until):
        self._left = MOST_VALUES
        self._until = until

    def is_over(self):
        """Whether enough has been shown, or for long enough."""
        return self._left <= 0 or time.time() > self._until

    def names(self, local, is_module):
        shown = {}
        for name in sorted(local, key=str)[: 4 * MOST_IN_ONE]:
            value = local[name]
            if is_module and (name.startswith("__") or _is_definition(value)):
                continue
            if self.is_over() or len(shown) >= MOST_IN_ONE:
                break
            try:
                shown[_text(name)] = self.value(value, 0)
            except Exception:
                shown[_text(name)] = _plain(value)
        return shown

    def value(self, value, depth):
        self._left -= 1
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return repr(value)
        if kind in WHOLE:
            # An enormous number takes long to print, and Python 3.11 refuses to.
            return repr(value) if -(1 << 4000) < value < (1 << 4000) else "<int of %d bits>" % value.bit_length()
        if kind is TEXT or kind in BYTES:
            return _cut(_text(repr(value[:LONGEST_TEXT])), len(value) > LONGEST_TEXT)
        if issubclass(kind, CONTAINERS) and not self.is_over():
            return self._container(value, kind, depth)
        if (getattr(kind, "__module__", None), kind.__name__) in SPOKEN:
            return _text(repr(value))[:LONGEST_TEXT]
        return self._object(value, kind, depth)

    def _container(self, value, kind, depth):
        size = _size(value)
        if depth >= DEEPEST:
            return "<%s of %d>" % (_text(kind.__name__), size)
        if issubclass(kind, dict):
            shown = {}
            for key in _first(dict.keys(value)):
                shown[self._key(key)] = self.value(dict.__getitem__(value, key), depth + 1)
            if size > MOST_IN_ONE:
                shown["..."] = "%d more" % (size - MOST_IN_ONE)
            return shown
        base = next(each for each in CONTAINERS if issubclass(kind, each))
        items = [self.value(item, depth + 1) for item in _first(base.__iter__(value))]
        if size > MOST_IN_ONE:
            items.append("... %d more" % (size - MOST_IN_ONE))
        return items

    def _key(self, key):
        if type(key) is TEXT or type(key) in BYTES and not IS_PYTHON_3:
            return _text(key)[:LONGEST_TEXT]
        shown = self.value(key, DEEPEST)
        return shown if isinstance(shown, (str, TEXT)) else _plain(key)

    def _object(self, value, kind, depth):
        shown = _plain(value)
        if depth >= DEEPEST or self.is_over():
            return shown
        if _text(getattr(kind, "__module__", "") or "").split(".")[0] in SHAPED:
            shape = getattr(value, "shape", None)
            return shown if shape is None else "%s shape=%s>" % (shown[:-1], _text(repr(tuple(shape))))
        if issubclass(kind, BaseException):
            return "%s(%s)" % (_text(kind.__name__), ", ".join(_text(self.value(x, DEEPEST)) for x in value.args))
        if _is_definition(value):
            return shown
        try:
            attributes = object.__getattribute__(value, "__dict__")
        except Exception:
            return shown
        if type(attributes) is not dict or not attributes:
            return shown
        inner = {"(type)": shown}
        for name in _first(dict.keys(attributes)):
            if isinstance(name, (str, TEXT)) and not name.startswith("__"):
                inner[_text(name)] = self.value(attributes[name], depth + 1)
        return inner


def _is_definition(value):
    return issubclass(type(value), type) or type(value).__name__ in (
        "module",
        "function",
        "builtin_function_or_method",
        "method",
        "instancemethod",
        "classobj",
    )


def _plain(value):
    kind = type(value)
    name = "%s.%s" % (_text(getattr(kind, "__module__", "")), _text(kind.__name__))
    if _is_definition(value):
        name = "%s %s" % (_text(kind.__name__), _text(getattr(value, "__name__", "")))
    return "<%s>" % name


def _size(value):
    base = next(each for each in CONTAINERS if issubclass(type(value), each))
    return base.__len__(value)


def _first(items):
    found = []
    for item in items:
        if len(found) >= MOST_IN_ONE:
            break
        found.append(item)
    return found


def _cut(text, is_longer):
    return text[: LONGEST_TEXT + 4] + ("..." if is_longer or len(text) > LONGEST_TEXT + 4 else "")


def _text(value):
    if isinstance(value, TEXT):
        return value
    if isinstance(value, BYTES):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


_ESCAPES = dict((number, TEXT("\\u%04x") % number) for number in range(32))
_ESCAPES.update({0x22: TEXT('\\"'), 0x5C: TEXT("\\\\"), 0x0A: TEXT("\\n"), 0x09: TEXT("\\t")})


def dumps(value):
    """The value as JSON, in bytes of UTF-8."""
    parts = []
    _dump(value, parts)
    text = TEXT("").join(parts)
    return text.encode("utf-8", "backslashreplace") if IS_PYTHON_3 else text.encode("utf-8")


def _dump(value, parts):
    if value is None:
        parts.append(TEXT("null"))
    elif value is True or value is False:
        parts.append(TEXT("true") if value else TEXT("false"))
    elif isinstance(value, dict):
        parts.append(TEXT("{"))
        for number, key in enumerate(value):
            parts.append(TEXT(", ") if number else TEXT(""))
            _dump(key, parts)
            parts.append(TEXT(": "))
            _dump(value[key], parts)
        parts.append(TEXT("}"))
    elif isinstance(value, (list, tuple)):
        parts.append(TEXT("["))
        for number, item in enumerate(value):
            parts.append(TEXT(", ") if number else TEXT(""))
            _dump(item, parts)
        parts.append(TEXT("]"))
    elif isinstance(value, (int, float)):
        parts.append(TEXT(repr(value)))
    else:
        parts.append(TEXT('"') + _text(value).translate(_ESCAPES) + TEXT('"'))


def _write(folder, name, data):
    unfinished, finished = os.path.join(folder, name + ".part"), os.path.join(folder, name + ".json")
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)
    os.rename(unfinished, finished)
