"""Files and folders that only their owner may use."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import paths, private_files
from app.engine import address
from app.engine.address import EngineAddresses
from app.private_files import PlantedLink
from app.store.database import open_existing, open_for_engine
from app.store.errors import DatabaseUnusable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes mean nothing there")


@pytest.fixture(params=[0o000, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_files_are_private_under_any_umask(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    database = open_for_engine(folder).database
    address.write(folder, EngineAddresses(url="http://127.0.0.1:1974"))
    found = {path.name: mode(path) for path in folder.iterdir()}
    database.close()
    assert {paths.DATABASE, paths.DATABASE + "-wal", paths.DATABASE + "-shm", address.FILE} == found.keys()
    assert set(found.values()) == {0o600}
    assert mode(folder) == 0o700


def test_open_for_engine_makes_existing_files_private(tmp_path: Path) -> None:
    open_for_engine(tmp_path).database.close()
    old = tmp_path / "arecibo damaged 2026-01-01.sqlite3"
    old.write_bytes(b"bodies")
    for file in (tmp_path / paths.DATABASE, old):
        file.chmod(0o644)
    open_for_engine(tmp_path).database.close()
    assert {mode(file) for file in (tmp_path / paths.DATABASE, old)} == {0o600}


def test_shared_folder_is_not_changed(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    private_files.make_folder(shared)
    assert mode(shared) == 0o1777


def test_folder_may_be_a_link_and_store_may_not(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    chosen = tmp_path / "chosen"
    chosen.symlink_to(real)
    open_for_engine(chosen).database.close()
    elsewhere = tmp_path / "elsewhere.sqlite3"
    (real / paths.DATABASE).rename(elsewhere)
    (real / paths.DATABASE).symlink_to(elsewhere)
    for opener in (open_for_engine, open_existing):
        with pytest.raises(DatabaseUnusable, match="is a link"):
            opener(chosen)


def test_planted_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / address.FILE).symlink_to(precious)
    assert address.read(folder) is None
    address.write(folder, EngineAddresses(url="http://127.0.0.1:1974"))
    assert precious.read_text() == "mine"
    assert not (folder / address.FILE).is_symlink()
    assert address.read(folder) == EngineAddresses(url="http://127.0.0.1:1974")


@pytest.mark.parametrize("what", ["link", "folder"])
def test_make_refuses_links_and_folders(what: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    if what == "link":
        file.symlink_to(tmp_path / "nowhere")
    else:
        file.mkdir()
    with pytest.raises(PlantedLink, match=f"is a {what}"):
        private_files.make(file)
    assert not (tmp_path / "nowhere").exists()


def test_windows_may_refuse_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, file = tmp_path / "draft", tmp_path / "file"
    draft.write_bytes(b"new")
    replace = Path.replace
    refusals = [PermissionError(13, "is used by another process")] * 3

    def refused_at_first(source: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refused_at_first)
    private_files._put(draft, file, "win32")
    assert file.read_bytes() == b"new"
    draft.write_bytes(b"newer")
    refusals.append(PermissionError(13, "is used by another process"))
    with pytest.raises(PermissionError):
        private_files._put(draft, file, "linux")
    assert not draft.exists()
