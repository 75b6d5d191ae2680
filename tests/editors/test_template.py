"""A command is split once, and what is filled in stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editors import template
from app.editors.template import TemplateError

HOSTILE = [
    "/a b",
    "/'\"",
    "/;rm -rf ~",
    "/$(id)`id`",
    "/-rf",
    "/a\nb",
    "/{line}",
    "/{file}",
    "/%s",
    "/\udcff",
    "/&|<>*?",
]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("code -g {file}:{line}:{column}", ("code", "-g", "{file}:{line}:{column}")),
        ("'/opt/my editor/edit' +{line} {file}", ("/opt/my editor/edit", "+{line}", "{file}")),
        ("nano", ("nano", "{file}")),
        ("sh -c 'vim \"$1\"' x {file}", ("sh", "-c", 'vim "$1"', "x", "{file}")),
    ],
)
def test_a_template_is_split_as_a_shell_would(text: str, arguments: tuple[str, ...]) -> None:
    assert template.split(text) == arguments


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("code '", "quote"),
        ("code {row}", "{row} is not known"),
        ("{file}", "must not be the file"),
        ("bash -c 'vim {file}'", "would read the file's name as a command"),
        ("cmd.exe /c {file}.txt", "would read"),
    ],
)
def test_what_cannot_be_used_says_why(text: str, says: str) -> None:
    with pytest.raises(TemplateError, match=says.replace("{", r"\{")):
        template.split(text)


@pytest.mark.parametrize("path", HOSTILE)
def test_a_file_name_ends_up_whole_in_its_argument(path: str) -> None:
    arguments = template.fill(template.split("edit -x {file}:{line}:{column}"), template.values(path, 3, 5))
    assert arguments == ["edit", "-x", f"{path}:3:5"]


@given(st.text(), st.none() | st.integers(-5, 10**9), st.none() | st.integers(-5, 10**9))
def test_any_name_and_place_fill_any_template(name: str, line: int | None, column: int | None) -> None:
    arguments = template.fill(
        ("edit", "+{line},{column}", "{file}"), template.values(f"/{name}", line, column)
    )
    assert arguments == ["edit", f"+{max(line or 1, 1)},{max(column or 1, 1)}", f"/{name}"]


def test_a_value_that_is_missing_is_said() -> None:
    with pytest.raises(TemplateError, match="server"):
        template.fill(("{server}",), template.values("/a", 1, 1))


def test_braces_of_others_stay() -> None:
    assert template.fill(("{a-b}", "{}", "{FILE}"), {}) == ["{a-b}", "{}", "{FILE}"]


def test_on_windows_a_backslash_is_a_part_of_a_path() -> None:
    text = r'"C:\Program Files\Vim\gvim.exe" +{line} "{file}"'
    assert template.split(text, "win32") == (r"C:\Program Files\Vim\gvim.exe", "+{line}", "{file}")
    with pytest.raises(template.TemplateError, match="cmd"):
        template.split(r"C:\Windows\System32\cmd.exe /c {file}:1", "win32")
