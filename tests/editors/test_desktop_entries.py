"""Editors by their desktop entries."""

from pathlib import Path

from app.editors import desktop_entries


def entry(folder: Path, name: str, exec_: str, more: str = "") -> None:
    applications = folder / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / f"{name}.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=x\n{exec_}\n{more}"
    )


def found(tmp_path: Path) -> dict[str, tuple[str, ...]]:
    environ = {"XDG_DATA_HOME": str(tmp_path / "home"), "XDG_DATA_DIRS": str(tmp_path / "system")}
    return {each.editor.key: each.command for each in desktop_entries.find(environ)}


def test_flatpaks_toolbox_and_quotes(tmp_path: Path) -> None:
    flatpak = "flatpak run --command=code --file-forwarding com.visualstudio.code @@ %F @@"
    entry(tmp_path / "home", "com.visualstudio.code", f"Exec=/usr/bin/{flatpak}")
    entry(tmp_path / "system", "jetbrains-pycharm-1234-abcd", 'Exec="/opt/Py Charm/bin/pycharm.sh" %f')
    entry(tmp_path / "system", "subl", "Exec=env BAMF=1 /opt/sublime_text/sublime_text %F")
    assert found(tmp_path) == {
        "code": ("/usr/bin/flatpak", "run", "--command=code", "--file-forwarding", "com.visualstudio.code"),
        "pycharm": ("/opt/Py Charm/bin/pycharm.sh",),
        "sublime": ("/opt/sublime_text/sublime_text",),
    }


def test_the_persons_own_come_first(tmp_path: Path) -> None:
    entry(tmp_path / "home", "code", "Exec=/home/ada/code %F")
    entry(tmp_path / "system", "code", "Exec=/usr/bin/code %F")
    assert found(tmp_path) == {"code": ("/home/ada/code",)}


def test_entries_that_are_no_editor_or_broken_are_passed_over(tmp_path: Path) -> None:
    entry(tmp_path / "home", "emacs-mail", "Exec=emacs -f message-mailto %u")
    entry(tmp_path / "home", "firefox", "Exec=firefox %u")
    entry(tmp_path / "home", "kate", "Exec='kate")
    entry(tmp_path / "home", "zed", "")
    entry(tmp_path / "home", "vim", "Exec=vim %F", "Terminal=true")
    (tmp_path / "home" / "applications" / "gedit.desktop").write_bytes(b"\xff\xfe[")
    assert found(tmp_path) == {}
    assert list(desktop_entries.find({"XDG_DATA_HOME": str(tmp_path / "none"), "XDG_DATA_DIRS": ":"})) == []
