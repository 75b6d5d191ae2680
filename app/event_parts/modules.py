"""Installed packages as the file that would install them, in the form of the event's platform."""

from collections.abc import Mapping

_FORMS = {
    "python": "{name}=={version}",
    "javascript": "{name}@{version}",
    "node": "{name}@{version}",
    "ruby": 'gem "{name}", "{version}"',
    "php": "{name}:{version}",
}


def as_requirements(modules: Mapping[str, str], platform: str | None) -> str:
    """One package a line, in the order of their names; what is no name or version of one is left out."""
    form = _FORMS.get((platform or "").lower(), "{name} {version}")
    lines = [
        form.format(name=name, version=version)
        for name, version in ordered(modules).items()
        if _is_word(name) and _is_word(str(version))
    ]
    return "\n".join(lines) + "\n" if lines else ""


def ordered(modules: Mapping[str, str]) -> dict[str, str]:
    """The packages in the order of their names, whatever letters are capitals."""
    return dict(sorted(modules.items(), key=lambda item: item[0].lower()))


def _is_word(text: str) -> bool:
    return bool(text) and all(character.isalnum() or character in "._-+!@/:*~^<>=[]," for character in text)
