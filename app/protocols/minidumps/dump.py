"""What a minidump says, as types. Addresses are those of the crashed process."""

from msgspec import Struct, field


class DumpModule(Struct, frozen=True, kw_only=True):
    """A program or library that was loaded: its file, where it lay, and which build of it that was.

    `debug_id` and `code_id` are written as Sentry writes them.
    """

    file: str
    base: int
    size: int
    version: str = ""
    debug_id: str = ""
    debug_file: str = ""
    code_id: str = ""


class Call(Struct, frozen=True):
    """One call: its address, and where that was: "context" (registers), "fp" (chain) or "scan" (guessed)."""

    address: int
    trust: str


class DumpThread(Struct, frozen=True):
    """A thread, its calls oldest first. Few dumps have names of threads."""

    id: int
    name: str = ""
    calls: tuple[Call, ...] = ()


class Crash(Struct, frozen=True):
    """Why the process ended: the reason by its usual name, what it was in words, and in which thread."""

    thread: int
    code: int
    reason: str
    about: str
    address: int


class Dump(Struct, frozen=True, kw_only=True):
    """A minidump. `written` is in seconds since 1970; `annotations` are what the app said about itself.

    `problems` are sentences about what could not be read.
    """

    written: int = 0
    crash: Crash | None = None
    threads: tuple[DumpThread, ...] = ()
    modules: tuple[DumpModule, ...] = ()
    system: str = ""
    system_version: str = ""
    processor: str = ""
    cores: int = 0
    process: int = 0
    command: str = ""
    annotations: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def module_at(self, address: int) -> DumpModule | None:
        """The module that an address lies in."""
        return next((each for each in self.modules if each.base <= address < each.base + each.size), None)
