"""Maps are learnt from the ends of paths, and only when the files are really there."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.local_files import learn_map
from app.local_files.learn_map import Proposal
from app.model import Frame
from app.preferences import PathMap

TEXT = "".join(f"line {number}\n" for number in range(1, 101))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name in ("shop/cart.py", "shop/web/views.py", "main.py", "shop/short.py"):
        file = tmp_path / "shop-api" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one line" if name.endswith("short.py") else TEXT)
    return tmp_path / "shop-api"


def frame(name: str, line: int = 42, text: str | None = None, *, in_app: bool = True) -> Frame:
    return Frame(abs_path=name, line=line, in_app=in_app, context=() if text is None else ((line, text),))


def learn(frames: Sequence[Frame], *folders: Path) -> Proposal | None:
    return learn_map.learn(frames[0], frames, "shop", folders)


@pytest.mark.parametrize(
    ("beginning", "sent"),
    [
        ("/usr/src/app/", "/usr/src/app/"),
        ("/app/", "/app/"),
        ("C:\\app\\", "C:/app/"),
        ("file:///srv/", "/srv/"),
        ("\\\\wsl$\\Ubuntu\\home\\ada\\", "/home/ada/"),
        ("webpack:///./", "webpack:///"),
        ("webpack://web/./", "webpack://web/"),
        ("http://localhost:5173/", "http://localhost:5173/"),
        ("./", "./"),
        ("", "./"),
    ],
)
def test_the_beginning_that_differs_is_mapped(shop: Path, beginning: str, sent: str) -> None:
    separator = "\\" if "\\" in beginning else "/"
    name = beginning + separator.join(("shop", "web", "views.py"))
    proposal = learn([frame(name)], shop)
    assert proposal is not None
    assert proposal.path_map.sent.rstrip("/") == sent.rstrip("/")
    assert proposal == Proposal(
        path_map=PathMap(sent=proposal.path_map.sent, local=str(shop), project="shop"), there=1, of=1
    )


def test_it_says_how_many_files_are_there(shop: Path) -> None:
    frames = [
        frame("/app/shop/cart.py"),
        frame("/app/shop/cart.py", 43),
        frame("/app/main.py"),
        frame("/app/shop/gone.py"),
        frame("/app/shop/short.py", 2),
        frame("/venv/flask/app.py", in_app=False),
    ]
    proposal = learn(frames, shop)
    assert proposal is not None
    assert (proposal.path_map.sent, proposal.there, proposal.of) == ("/app", 2, 4)


def test_the_project_with_most_files_and_on_a_tie_the_likelier_one(shop: Path, tmp_path: Path) -> None:
    copy, part = tmp_path / "copy", tmp_path / "part"
    for folder, names in ((copy, ("shop/cart.py", "main.py")), (part, ("shop/cart.py",))):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(TEXT)
    frames = [frame("/app/shop/cart.py"), frame("/app/main.py")]
    for first, second in ((shop, copy), (copy, shop)):
        proposal = learn(frames, part, first, second)
        assert proposal is not None
        assert proposal.path_map.local == str(first)


def test_the_text_of_the_line_decides_between_two(shop: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer" / "shop" / "cart.py"
    newer.parent.mkdir(parents=True)
    newer.write_text("\n" * 41 + "    charge(card)\n")
    proposal = learn([frame("/app/shop/cart.py", 42, "    charge(card)")], shop, tmp_path / "newer")
    assert proposal is not None
    assert proposal.path_map.local == str(tmp_path / "newer")


def test_a_folder_within_the_project(shop: Path) -> None:
    proposal = learn([frame("/app/web/views.py")], shop)
    assert proposal is not None
    assert proposal.path_map == PathMap(sent="/app", local=str(shop / "shop"), project="shop")


def test_a_name_alone_proves_nothing_but_with_its_text_it_does(shop: Path) -> None:
    assert learn([frame("/app/main.py", 3)], shop) is None
    proposal = learn([frame("/app/main.py", 3, "line 3")], shop)
    assert proposal is not None
    assert proposal.path_map.sent == "/app"


@pytest.mark.parametrize(
    "name",
    ["/app/shop/gone.py", "/app/shop/short.py", "/app/../shop/cart.py", "<frozen os>", "", "/", "x" * 5_000],
)
def test_what_is_not_there_is_not_proposed(shop: Path, name: str) -> None:
    others = [frame("/app/shop/cart.py"), frame("/app/main.py")]
    assert learn([frame(name), *others], shop) is None


def test_a_link_out_of_the_project_is_no_file_of_it(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "cart.py").write_text(TEXT)
    (shop / "shop" / "out").symlink_to(tmp_path / "secret")
    frames = [frame("/app/shop/web/views.py"), frame("/app/shop/out/cart.py")]
    proposal = learn(frames, shop)
    assert proposal is not None
    assert (proposal.there, proposal.of) == (1, 2)


def test_it_stops_when_told(shop: Path) -> None:
    asked = frame("/app/shop/cart.py")
    assert learn_map.learn(asked, [asked], "shop", [shop], lambda: True) is None


def test_ten_thousand_frames_are_bounded(shop: Path) -> None:
    frames = [frame("/app/shop/cart.py"), *(frame(f"/app/shop/f{number}.py") for number in range(10_000))]
    proposal = learn(frames, shop)
    assert proposal is not None
    assert proposal.of == learn_map.MOST_FILES
