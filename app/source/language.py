"""The language of a frame's source: by its file's name, else by what the event or the client says.

Never by what the source looks like: a guess over a few lines is wrong too often.
"""

from app.model import Frame

# What Pygments calls the language that a file with this ending is written in.
_BY_ENDING = {
    "py": "python", "pyi": "python", "pyw": "python", "pyx": "cython",
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "vue": "javascript", "svelte": "javascript", "astro": "javascript",
    "ts": "typescript", "tsx": "typescript", "mts": "typescript", "cts": "typescript",
    "rb": "ruby", "rake": "ruby", "erb": "erb", "php": "php", "phtml": "php",
    "java": "java", "kt": "kotlin", "kts": "kotlin", "scala": "scala", "groovy": "groovy", "clj": "clojure",
    "go": "go", "rs": "rust", "swift": "swift", "m": "objective-c", "mm": "objective-c++",
    "c": "c", "h": "cpp", "cc": "cpp", "cpp": "cpp", "cxx": "cpp", "hpp": "cpp", "hh": "cpp", "ipp": "cpp",
    "cs": "csharp", "fs": "fsharp", "vb": "vb.net", "cshtml": "csharp", "razor": "csharp",
    "ex": "elixir", "exs": "elixir", "erl": "erlang", "hs": "haskell", "ml": "ocaml", "dart": "dart",
    "lua": "lua", "pl": "perl", "pm": "perl", "r": "r", "jl": "julia", "nim": "nim", "cr": "crystal",
    "zig": "zig", "d": "d", "ps1": "powershell", "psm1": "powershell", "gd": "gdscript", "tcl": "tcl",
    "mli": "ocaml", "lhs": "haskell", "t": "perl", "psgi": "perl", "nims": "nim", "sh": "bash",
    "bash": "bash", "sql": "sql",
    "html": "html", "htm": "html", "jinja": "html+jinja", "jinja2": "html+jinja", "j2": "html+jinja",
    "css": "css", "scss": "scss", "json": "json", "yml": "yaml", "yaml": "yaml", "toml": "toml",
}  # fmt: skip
# What clients call their platform.
_BY_PLATFORM = {
    "python": "python", "django": "python", "flask": "python",
    "javascript": "javascript", "node": "javascript", "browser": "javascript", "js": "javascript",
    "ruby": "ruby", "rails": "ruby", "php": "php", "java": "java", "kotlin": "kotlin", "go": "go",
    "golang": "go", "rust": "rust", "csharp": "csharp", "dotnet": "csharp", ".net": "csharp",
    "elixir": "elixir", "erlang": "erlang", "perl": "perl", "dart": "dart", "swift": "swift",
    "cocoa": "swift", "objc": "objective-c", "c": "c", "cpp": "cpp", "native": "cpp",
    "powershell": "powershell", "haskell": "haskell", "lua": "lua", "r": "r", "julia": "julia", "nim": "nim",
    "crystal": "crystal", "zig": "zig", "ocaml": "ocaml", "tcl": "tcl", "bash": "bash",
    "gdscript": "gdscript",
}  # fmt: skip


def of(frame: Frame, platform: str | None) -> str | None:
    """Pygments' name of the language; None where nothing says it."""
    for name in (frame.filename, frame.abs_path):
        path = (name or "")[-500:].split("?")[0].split("#")[0]
        ending = path.rpartition(".")[2].lower() if "." in path else ""
        if ending in _BY_ENDING:
            return _BY_ENDING[ending]
    return of_platform(platform)


def of_platform(platform: str | None) -> str | None:
    """The language of a platform, as clients name it: `python`, or `java-spring`."""
    word = (platform or "")[:60].lower()
    return _BY_PLATFORM.get(word) or _BY_PLATFORM.get(word.partition("-")[0])
