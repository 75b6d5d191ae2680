from pathlib import Path

import pytest

from app.source import versions
from tests.source.repositories import committed
from tests.ui.detail.samples import make_event


def test_the_commit_is_named_by_the_release_or_by_what_clients_add() -> None:
    event = make_event(
        release="shop@2.4.1",
        tags={"git.sha": "A" * 40, "commit": "not one"},
        contexts={"build": {"revision": "b" * 12}},
        extra={"sha": 7},
    )
    assert versions.commits_named(event) == ("shop@2.4.1", "a" * 40, "b" * 12)
    assert versions.commits_named(make_event(release=None, tags={}, contexts={}, extra={})) == ()


@pytest.mark.parametrize("form", ["{}", "shop@{}", "1.4.0+{}"])
def test_the_file_is_that_of_the_commit(tmp_path: Path, form: str) -> None:
    first = committed(tmp_path, "shop/pay.py", "x = 1\n")
    committed(tmp_path, "shop/pay.py", "x = 2\n")
    found = versions.of_file(tmp_path / "shop/pay.py", ("no such", form.format(first)))
    assert found is not None
    assert (found.lines, found.name) == (("x = 1",), first[:7])


def test_without_repository_commit_or_file_there_is_none(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    inside = tmp_path / "inside"
    first = committed(inside, "a.py", "x = 1\n")
    assert versions.of_file(outside / "a.py", (first,)) is None
    assert versions.of_file(inside / "a.py", ("f" * 40,)) is None
    assert versions.of_file(inside / "a.py", ()) is None
    assert versions.of_file(inside / "b.py", (first,)) is None
