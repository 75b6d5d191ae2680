"""The messages between the window and its engine: lines of text over the engine's stdout and stdin.

The engine (`main.py serve --child`) writes on stdout:

    listening on URL        it takes errors there; once more: another store has taken the place of the old one
    changed REVISION        the store has changed
    upgrading N OF PERCENT  it upgrades the store: step N of OF, PERCENT of which is done; before `listening`
    notice SENTENCE         something that a person should know
    store JSON              what is wrong with the store (`StoreTrouble`); `store null`: it is in order again
    intake JSON             intake is paused (`IntakePaused`); `intake null`: errors are taken again
    faults JSON             the faults that are set on purpose (a list of `FaultSet`); `faults []`: none
    restored JSON           what became of the request to restore a backup (`StoreRestored`)
    failed JSON             it cannot start, and ends (`StartFailed`)

The window writes on the engine's stdin:

    stop                    end; the end of stdin means the same, so that no engine outlives its window
    store again             examine the store now
    store new               begin a fresh store where the old one was taken away
    store suspect           the window found the store damaged: check it
    pause [SECONDS]         take no errors, for so long or until `resume`
    resume                  take errors again
    restore JSON            put the backup with this path into the place of the store

Both sides ignore unknown lines. Nothing heavy is loaded: the window imports this module
before it is on the screen, the engine before its port is open.
"""

import json
from enum import Enum

import msgspec
from msgspec import Struct

_LONGEST_NUMBER = 9


class EngineListening(Struct, frozen=True):
    """The engine takes errors at `url`."""

    url: str


class Changed(Struct, frozen=True):
    """The store is at `revision`."""

    revision: int


class StoreUpgrading(Struct, frozen=True):
    """The store is being upgraded: `percent` of step `step` of `steps` is done."""

    step: int
    steps: int
    percent: int

    @property
    def sentence(self) -> str:
        """The same for a person."""
        return f"Updating the store: step {self.step} of {self.steps}, {self.percent} %"


class EngineNotice(Struct, frozen=True):
    """A sentence for a person."""

    sentence: str


class StoreTrouble(Struct, frozen=True):
    """What is wrong with the store of a running engine: `kind` is `gone`, `damaged` or `failing`."""

    kind: str
    message: str
    where: str = ""


class StoreState(Struct, frozen=True):
    """What is wrong with the store; None when it is in order."""

    trouble: StoreTrouble | None


class IntakePaused(Struct, frozen=True):
    """The engine takes no errors `since` then, and until when (microseconds); `until` None: for ever."""

    since: int
    until: int | None
    turned_away: int


class IntakeState(Struct, frozen=True):
    """Whether intake is paused; None when errors are taken."""

    paused: IntakePaused | None


class FaultSet(Struct, frozen=True, kw_only=True):
    """A fault of a project, set on purpose: `answer` is `429`, `500`, `503`, `slow` or `none`.

    `since` and `until` in microseconds; `share` of the requests meet it, `met` have. `seconds`: how late a
    slow answer is, and for how long a connection without one is held.
    """

    project_id: int
    project: str
    answer: str
    seconds: float
    share: float
    since: int
    until: int
    met: int


class FaultsSet(Struct, frozen=True):
    """All faults in force."""

    faults: tuple[FaultSet, ...]


class StoreRestored(Struct, frozen=True):
    """The backup `source` is the store now, and the one before is `aside`; or `problem` says why not."""

    source: str
    aside: str = ""
    problem: str = ""


class StartFailed(Struct, frozen=True):
    """The engine cannot start. `kind` is as in `CannotStart`, or `bug` where the line was not understood."""

    kind: str
    message: str
    suggested_port: int | None = None


EngineMessage = (
    EngineListening
    | Changed
    | StoreUpgrading
    | EngineNotice
    | StoreState
    | IntakeState
    | FaultsSet
    | StoreRestored
    | StartFailed
)


class WindowMessage(Enum):
    """The window's messages, each with its line as the value."""

    STOP = "stop"
    EXAMINE_STORE = "store again"
    BEGIN_NEW_STORE = "store new"
    SUSPECT_STORE = "store suspect"
    RESUME_INTAKE = "resume"


class PauseIntake(Struct, frozen=True):
    """Take no errors, for so many seconds or until `RESUME_INTAKE`."""

    seconds: int | None = None


class RestoreStore(Struct, frozen=True):
    """Put the backup `file` into the place of the store."""

    file: str


AnyWindowMessage = WindowMessage | PauseIntake | RestoreStore


def format_engine_message(message: EngineMessage) -> str:
    """The line for an engine's message, without a line end. Line breaks within a sentence become blanks."""
    match message:
        case EngineListening(url):
            return f"listening on {url}"
        case Changed(revision):
            return f"changed {revision}"
        case StoreUpgrading(step, steps, percent):
            return f"upgrading {step} {steps} {percent}"
        case EngineNotice(sentence):
            return f"notice {' '.join(sentence.splitlines())}"
        case StoreState(trouble):
            return f"store {msgspec.json.encode(trouble).decode()}"
        case IntakeState(paused):
            return f"intake {msgspec.json.encode(paused).decode()}"
        case FaultsSet(faults):
            return f"faults {msgspec.json.encode(faults).decode()}"
        case StoreRestored():
            return f"restored {msgspec.json.encode(message).decode()}"
        case StartFailed():
            return f"failed {json.dumps(msgspec.structs.asdict(message))}"


def parse_engine_message(line: str) -> EngineMessage | None:
    """The engine's message in this line; None for an unknown line.

    A `failed` whose JSON cannot be parsed is a failure as well, of the kind `bug`.
    """
    kind, _, rest = line.strip().partition(" ")
    match kind:
        case "listening":
            return EngineListening(rest.removeprefix("on "))
        case "changed" if rest.isascii() and rest.isdigit():
            return Changed(int(rest))
        case "upgrading":
            return _parse_upgrading(rest)
        case "notice":
            return EngineNotice(rest)
        case "store":
            return _parse_store_state(rest)
        case "intake":
            return _parse_intake(rest)
        case "faults":
            return _parse_faults(rest)
        case "restored":
            return _parse_restored(rest)
        case "failed":
            return _parse_failed(rest)
        case _:
            return None


def format_window_message(message: AnyWindowMessage) -> str:
    """The line for a message of the window, without a line end."""
    match message:
        case PauseIntake(seconds):
            return "pause" if seconds is None else f"pause {seconds}"
        case RestoreStore(file):
            return f"restore {json.dumps(file)}"
        case _:
            return message.value


def parse_window_message(line: str) -> AnyWindowMessage | None:
    """The window's message in this line; None for an unknown line."""
    kind, _, rest = line.strip().partition(" ")
    match kind:
        case "pause":
            return _parse_pause(rest)
        case "restore":
            return _parse_restore(rest)
    try:
        return WindowMessage(line.strip())
    except ValueError:
        return None


def _parse_pause(text: str) -> PauseIntake | None:
    if not text:
        return PauseIntake()
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return PauseIntake(int(text)) if is_number and int(text) else None


def _parse_restore(text: str) -> RestoreStore | None:
    try:
        return RestoreStore(msgspec.json.decode(text, type=str))
    except msgspec.MsgspecError:
        return None


def _parse_upgrading(text: str) -> StoreUpgrading | None:
    numbers = [int(part) for part in text.split() if part.isascii() and part.isdigit()]
    return StoreUpgrading(*numbers) if len(numbers) == 3 else None


def _parse_store_state(text: str) -> StoreState | None:
    try:
        return StoreState(msgspec.json.decode(text, type=StoreTrouble | None))
    except msgspec.MsgspecError:
        return None


def _parse_intake(text: str) -> IntakeState | None:
    try:
        return IntakeState(msgspec.json.decode(text, type=IntakePaused | None))
    except msgspec.MsgspecError:
        return None


def _parse_faults(text: str) -> FaultsSet | None:
    try:
        return FaultsSet(msgspec.json.decode(text, type=tuple[FaultSet, ...]))
    except msgspec.MsgspecError:
        return None


def _parse_restored(text: str) -> StoreRestored | None:
    try:
        return msgspec.json.decode(text, type=StoreRestored)
    except msgspec.MsgspecError:
        return None


def _parse_failed(text: str) -> StartFailed:
    try:
        return msgspec.json.decode(text, type=StartFailed)
    except msgspec.MsgspecError as error:
        return StartFailed(
            "bug", f"The engine failed, and said why in words not understood ({error}): {text}"
        )
