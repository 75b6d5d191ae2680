"""Git is run within limits, and runs nothing that a repository names."""

import os
from pathlib import Path
from threading import Event, Timer

import pytest

from app.git import blame, builds, command, examine, frames, repository, suspects
from app.git.command import GitError, NoGit, Refused, Stopped
from app.git.examine import Window
from app.model import from_micros
from app.preferences import Preferences
from tests.git.a_repository import CART, ARepository, event_at

# A process of git's own that holds its pipes. Should a broken run leave it behind, it costs nothing and ends.
WAITING = "alias.wait=!exec sleep 60"


def test_its_answer_and_its_refusal(shop: ARepository) -> None:
    assert command.run(shop.root, "rev-parse", "--is-inside-work-tree") == b"true\n"
    with pytest.raises(Refused, match="Git refused: "):
        command.run(shop.root, "rev-parse", "--verify", "nothing")


def test_without_git_it_says_so(shop: ARepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGit, match="There is no git on this machine"):
        command.run(shop.root, "status")
    file = shop.write("cart.py", *CART)
    found = frames.of_event(event_at(file, 3), Preferences(source_roots=(str(shop.root),)))
    examined = examine.examine(found, None, from_micros(0), Window(before=from_micros(0)))
    assert examined.problem.startswith("There is no git on this machine.")


def test_a_long_answer_is_cut_off(shop: ARepository) -> None:
    shop.write("large.txt", "x" * 2_000_000)
    shop.commit("Large")
    with pytest.raises(GitError, match="longer than 97 kB"):
        command.run(shop.root, "cat-file", "blob", "HEAD:large.txt", most_bytes=100_000)


def test_what_is_not_wanted_any_more_ends(shop: ARepository) -> None:
    stop = Event()
    Timer(0.05, stop.set).start()
    with pytest.raises(Stopped):
        command.run(shop.root, "-c", WAITING, "wait", stop=stop, seconds=60)
    with pytest.raises(Stopped):
        command.run(shop.root, "status", stop=stop)


def test_what_takes_too_long_ends(shop: ARepository) -> None:
    with pytest.raises(GitError, match=r"no answer within 0\.1 seconds"):
        command.run(shop.root, "-c", WAITING, "wait", seconds=0.1)


def test_variables_of_ours_lead_to_no_other_repository(
    shop: ARepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert repository.find(shop.root).root == shop.root


def test_nothing_that_a_repository_names_is_run(shop: ARepository, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    sprung = tmp_path / "sprung"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {sprung}\ncat "$1" 2>/dev/null\n')
    trap.chmod(0o700)
    file = shop.write("cart.py", *CART)
    shop.write(".gitattributes", "*.py diff=evil filter=evil")
    first = shop.commit("First")
    shop.write("cart.py", *CART[:9], "changed", *CART[10:])
    shop.commit("Second")
    hooks = shop.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "pre-commit", "reference-transaction", "post-checkout"):
        (hooks / hook).symlink_to(trap)
    for name, value in {
        "core.fsmonitor": trap,
        "core.hooksPath": hooks,
        "core.pager": trap,
        "core.editor": trap,
        "core.sshCommand": trap,
        "core.askPass": trap,
        "pager.log": trap,
        "pager.blame": trap,
        "log.showSignature": "true",
        "gpg.program": trap,
        "diff.external": trap,
        "diff.evil.command": trap,
        "diff.evil.textconv": trap,
        "filter.evil.clean": trap,
        "filter.evil.smudge": trap,
        "filter.evil.required": "true",
        "credential.helper": f"!{trap}",
        "alias.log": f"!{trap}",
        "alias.blame": f"!{trap}",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": trap,
        "extensions.partialClone": "origin",
        "protocol.allow": "always",
        "color.ui": "always",
    }.items():
        shop.git("config", name, str(value))
    shop.git("config", "core.repositoryFormatVersion", "1")
    file.write_text(file.read_text() + "one more\n")
    os.utime(file, (1, 1))

    found = frames.of_event(event_at(file, 10), Preferences(source_roots=(str(shop.root),)))
    where = repository.find(file)
    examined = examine.examine(
        found, first, from_micros(0), Window(before=from_micros(2_000_000_000_000_000)), None
    )
    assert examined.problem == ""
    assert examined.changed[0].saved_at is not None
    assert blame.blame(where, "cart.py", 1, 3)
    assert suspects.touching(where, ["cart.py"], before=from_micros(2_000_000_000_000_000))
    # An object that is not here would be fetched from the promisor remote.
    assert builds.commit_of(where, "1" * 40) is None
    with pytest.raises(GitError):
        blame.blame(where, "cart.py", 1, 3, revision="2" * 40)
    assert not sprung.exists()
