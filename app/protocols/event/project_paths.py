"""Paths of source files as notifiers write them: whole, or with a mark where a well-known folder stood.

Airbrake's and Honeybadger's clients cut off the folder of the app and those of its packages, so that one bug
on two machines is one bug (docs/protocols.md, section 3).
"""

# What replaces each mark; None is the project's own folder, which the notice names.
_MARKS: tuple[tuple[str, str | None], ...] = (
    ("/PROJECT_ROOT", None),
    ("[PROJECT_ROOT]", None),
    ("/SITE_PACKAGES", "site-packages/"),
    ("[NODE_MODULES]", "node_modules/"),
    ("/GEM_ROOT", "gems/"),
    ("[GEM_ROOT]", "gems/"),
)


def place(file: str | None, root: str | None) -> tuple[str | None, str | None]:
    """The name of `file` within the project at `root`, and its whole path, if that is known."""
    if not file:
        return None, None
    root = (root or "").rstrip("/\\")
    for mark, folder in _MARKS:
        if file.startswith(mark) and file[len(mark) : len(mark) + 1] in ("/", "\\"):
            rest = file[len(mark) + 1 :]
            if folder is None:
                return rest, f"{root}/{rest}" if root else None
            return folder + rest.removeprefix(folder), None
    if root and "://" not in root and file.startswith((f"{root}/", f"{root}\\")):
        return file[len(root) + 1 :], file
    return file, file
