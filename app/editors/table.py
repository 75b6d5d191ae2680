"""The table of editors: how each is asked for a file, a line and a column.

The sources are the editors' own manuals and `--help`. Most count columns from 1. A path is absolute when
it gets here, so none of these reads it as an option. Where line and column stand behind the file's name,
both always do: a colon in the name is then none of theirs.
"""

from app.editors.editor import Editor, Server

_COLONS = ("{file}:{line}:{column}",)
_GOTO = ("--goto", "{file}:{line}:{column}")
_PLUS = ("+{line}:{column}", "{file}")
# The plain line first: a Vim without +eval (Debian's vim-tiny) has no cursor().
_VIM = ("+{line}", "+silent! call cursor({line},{column})", "{file}")
# --headless: since 0.9, Neovim answers an expression only so. `:drop` goes to a window that shows the file.
_NEOVIM_SERVER = (
    "--headless",
    "--server",
    "{server}",
    "--remote-expr",
    "execute('drop ' . fnameescape({vim_string})) . cursor({line},{column})",
)
# JetBrains' column counts from 0, its line from 1.
_JETBRAINS = ("--line", "{line}", "--column", "{column0}", "{file}")


def _like_vscode(key: str, name: str, *commands: str, app: str, windows: str, desktop: str = "") -> Editor:
    scripts = f"{app}.app/Contents/Resources/app/bin"
    return Editor(
        key=key,
        name=name,
        commands=commands,
        arguments=_GOTO,
        desktop=tuple(filter(None, (desktop, *commands))),
        mac=(f"{scripts}/{commands[0]}", f"{scripts}/code"),
        windows=(windows,),
    )


def _jetbrains(key: str, name: str, *more: str) -> Editor:
    return Editor(
        key=key,
        name=name,
        commands=(key, f"{key}.sh", *more),
        processes=(f"{key}64",),
        arguments=_JETBRAINS,
        desktop=(f"jetbrains-{key}", f"com.jetbrains.{name.replace(' ', '')}", *more),
        mac=(f"{name}*.app/Contents/MacOS/{key}",),
        windows=(f"JetBrains/{name}*/bin/{key}64.exe", f"{name}*/bin/{key}64.exe"),
    )


EDITORS: tuple[Editor, ...] = (
    # https://code.visualstudio.com/docs/editor/command-line
    _like_vscode(
        "code",
        "Visual Studio Code",
        "code",
        app="Visual Studio Code",
        windows="Microsoft VS Code/Code.exe",
        desktop="com.visualstudio.code",
    ),
    _like_vscode(
        "code-insiders",
        "VS Code Insiders",
        "code-insiders",
        app="Visual Studio Code - Insiders",
        windows="Microsoft VS Code Insiders/Code - Insiders.exe",
    ),
    _like_vscode("cursor", "Cursor", "cursor", app="Cursor", windows="cursor/Cursor.exe"),
    _like_vscode("windsurf", "Windsurf", "windsurf", app="Windsurf", windows="Windsurf/Windsurf.exe"),
    _like_vscode(
        "codium",
        "VSCodium",
        "codium",
        "vscodium",
        app="VSCodium",
        windows="VSCodium/VSCodium.exe",
        desktop="com.vscodium.codium",
    ),
    _like_vscode("positron", "Positron", "positron", app="Positron", windows="Positron/Positron.exe"),
    # https://zed.dev/docs/command-line-interface; some distributions have another zed
    Editor(
        key="zed",
        name="Zed",
        commands=("zed", "zeditor", "zedit", "zed-editor"),
        arguments=_COLONS,
        desktop=("dev.zed.Zed", "zed"),
        mac=("Zed.app/Contents/MacOS/cli",),
        windows=("Zed/bin/zed.exe",),
    ),
    # https://www.jetbrains.com/help/idea/opening-files-from-command-line.html
    _jetbrains("idea", "IntelliJ IDEA", "intellij-idea-ultimate", "intellij-idea-community"),
    _jetbrains("pycharm", "PyCharm", "charm", "pycharm-professional", "pycharm-community"),
    _jetbrains("webstorm", "WebStorm", "wstorm"),
    _jetbrains("goland", "GoLand"),
    _jetbrains("rubymine", "RubyMine", "mine"),
    _jetbrains("phpstorm", "PhpStorm", "pstorm"),
    _jetbrains("clion", "CLion"),
    _jetbrains("rider", "Rider"),
    _jetbrains("rustrover", "RustRover"),
    _jetbrains("datagrip", "DataGrip"),
    _jetbrains("studio", "Android Studio", "android-studio"),
    # https://www.sublimetext.com/docs/command_line.html
    Editor(
        key="sublime",
        name="Sublime Text",
        commands=("subl", "sublime_text"),
        arguments=_COLONS,
        desktop=("sublime_text", "com.sublimetext.three"),
        mac=("Sublime Text.app/Contents/SharedSupport/bin/subl",),
        windows=("Sublime Text*/subl.exe",),
    ),
    # https://neovim.io/doc/user/remote.html
    Editor(
        key="nvim-server",
        name="Neovim that is open",
        commands=("nvim",),
        arguments=_NEOVIM_SERVER,
        by_keys=True,
        server=Server.NEOVIM,
    ),
    # https://www.gnu.org/software/emacs/manual/html_node/emacs/emacsclient-Options.html
    Editor(
        key="emacsclient",
        name="Emacs that is open",
        commands=("emacsclient",),
        arguments=("-n", "+{line}:{column}", "{emacs_file}"),
        server=Server.EMACS,
    ),
    # https://docs.kde.org/stable5/en/kate/kate/fundamentals.html
    Editor(
        key="kate",
        name="Kate",
        commands=("kate",),
        arguments=("--line", "{line}", "--column", "{column}", "{file}"),
        desktop=("org.kde.kate",),
        mac=("kate.app/Contents/MacOS/kate",),
        windows=("Kate/bin/kate.exe",),
    ),
    Editor(
        key="kwrite",
        name="KWrite",
        commands=("kwrite",),
        arguments=("--line", "{line}", "--column", "{column}", "{file}"),
        desktop=("org.kde.kwrite",),
    ),
    # vimhelp remote.txt: +cmd is run in the Vim that takes the file, or in a new one
    Editor(
        key="gvim",
        name="gVim",
        commands=("gvim", "mvim"),
        processes=("macvim", "vim.gtk3"),
        arguments=("--remote-silent", "+call cursor({line},{column})", "{file}"),
        by_keys=True,
        desktop=("gvim",),
        mac=("MacVim.app/Contents/bin/mvim",),
        windows=("Vim/vim*/gvim.exe",),
    ),
    Editor(
        key="neovide",
        name="Neovide",
        commands=("neovide",),
        arguments=("{file}", "--", "+{line}", "+call cursor({line},{column})"),
        desktop=("neovide",),
        mac=("Neovide.app/Contents/MacOS/neovide",),
        windows=("Neovide/neovide.exe",),
    ),
    Editor(
        key="emacs",
        name="Emacs",
        commands=("emacs", "emacs-gtk", "emacs-pgtk", "emacs-lucid"),
        arguments=("+{line}:{column}", "{emacs_file}"),
        desktop=("emacs", "org.gnu.emacs"),
        mac=("Emacs.app/Contents/MacOS/Emacs",),
        windows=("Emacs/*/bin/runemacs.exe",),
    ),
    Editor(
        key="gnome-text-editor",
        name="GNOME Text Editor",
        commands=("gnome-text-editor",),
        arguments=_PLUS,
        desktop=("org.gnome.TextEditor",),
    ),
    Editor(key="gedit", name="gedit", commands=("gedit",), arguments=_PLUS, desktop=("org.gnome.gedit",)),
    # That of Linux Mint; on macOS, Xcode's command has the same name.
    Editor(
        key="xed",
        name="Xed",
        commands=("xed",),
        arguments=("+{line}", "{file}"),
        desktop=("xed",),
        only_on=("linux",),
    ),
    # the manual page of Apple's xed; /usr/bin/xed is there without Xcode, too, and then opens a dialog
    Editor(
        key="xcode",
        name="Xcode",
        commands=("xcode",),
        arguments=("--line", "{line}", "{file}"),
        mac=("Xcode.app/Contents/Developer/usr/bin/xed",),
        only_on=("darwin",),
    ),
    # https://learn.microsoft.com/visualstudio/ide/reference/devenv-command-line-switches
    Editor(
        key="visual-studio",
        name="Visual Studio",
        commands=("devenv",),
        arguments=("/Edit", "{file}", "/Command", "Edit.GoTo {line}"),
        windows=("Microsoft Visual Studio/*/*/Common7/IDE/devenv.exe",),
        only_on=("win32",),
    ),
    Editor(
        key="pluma", name="Pluma", commands=("pluma",), arguments=("+{line}", "{file}"), desktop=("pluma",)
    ),
    Editor(
        key="mousepad",
        name="Mousepad",
        commands=("mousepad",),
        arguments=("--line={line}", "--column={column}", "{file}"),
        desktop=("org.xfce.mousepad",),
    ),
    # https://www.geany.org/manual/current/#command-line-options
    Editor(
        key="geany",
        name="Geany",
        commands=("geany",),
        arguments=("--line", "{line}", "--column", "{column0}", "{file}"),
        desktop=("geany",),
        windows=("Geany/bin/geany.exe",),
    ),
    Editor(
        key="qtcreator",
        name="Qt Creator",
        commands=("qtcreator",),
        arguments=("-client", "{file}:{line}:{column0}"),
        desktop=("org.qt-project.qtcreator",),
        mac=("Qt Creator.app/Contents/MacOS/Qt Creator",),
    ),
    Editor(
        key="pulsar",
        name="Pulsar",
        commands=("pulsar",),
        arguments=_COLONS,
        mac=("Pulsar.app/Contents/MacOS/Pulsar",),
    ),
    Editor(
        key="lapce",
        name="Lapce",
        commands=("lapce",),
        arguments=_COLONS,
        desktop=("dev.lapce.lapce",),
        mac=("Lapce.app/Contents/MacOS/lapce",),
    ),
    # https://macromates.com/manual/en/using_textmate_from_terminal
    Editor(
        key="textmate",
        name="TextMate",
        commands=("mate",),
        processes=("textmate",),
        arguments=("--line", "{line}:{column}", "{file}"),
        mac=("TextMate.app/Contents/MacOS/mate",),
    ),
    Editor(
        key="bbedit",
        name="BBEdit",
        commands=("bbedit",),
        arguments=_PLUS,
        mac=("BBEdit.app/Contents/Helpers/bbedit_tool",),
    ),
    # https://npp-user-manual.org/docs/command-prompt/
    Editor(
        key="notepad++",
        name="Notepad++",
        commands=("notepad++", "notepadpp", "notepad-plus-plus"),
        arguments=("-n{line}", "-c{column}", "{file}"),
        windows=("Notepad++/notepad++.exe",),
    ),
    Editor(key="nvim", name="Neovim", commands=("nvim",), arguments=_VIM, in_terminal=True),
    Editor(key="vim", name="Vim", commands=("vim", "vi"), arguments=_VIM, in_terminal=True),
    # https://docs.helix-editor.com/usage.html
    Editor(key="helix", name="Helix", commands=("hx", "helix"), arguments=_COLONS, in_terminal=True),
    # the manual page of kak
    Editor(key="kakoune", name="Kakoune", commands=("kak",), arguments=_PLUS, in_terminal=True),
    Editor(key="micro", name="micro", commands=("micro",), arguments=_PLUS, in_terminal=True),
    # the manual page of nano
    Editor(
        key="nano",
        name="nano",
        commands=("nano", "rnano"),
        arguments=("+{line},{column}", "{file}"),
        in_terminal=True,
    ),
    Editor(
        key="emacs-terminal",
        name="Emacs in a terminal",
        commands=("emacs", "emacs-nox"),
        arguments=("-nw", "+{line}:{column}", "{emacs_file}"),
        in_terminal=True,
    ),
    Editor(key="joe", name="JOE", commands=("joe",), arguments=("+{line}", "{file}"), in_terminal=True),
    Editor(key="mcedit", name="mcedit", commands=("mcedit",), arguments=("{file}:{line}",), in_terminal=True),
)
"""All of them: those with a window first, as they are offered where nothing else decides."""

_BY_KEY = {editor.key: editor for editor in EDITORS}


def named(key: str) -> Editor | None:
    """The editor with this key; None where there is none (any more)."""
    return _BY_KEY.get(key)


def called(program: str) -> Editor | None:
    """The editor that a command of this name starts."""
    name = program.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
    return next((editor for editor in EDITORS if not editor.server and name in editor.commands), None)
