"""The real sentry-sdk in an app under git: which of its builds brings a resolved issue back."""

import os
import subprocess
import sys
from pathlib import Path

from tests.end2end.engine_process import PATIENCE_SECONDS, EngineProcess, rows, run, wait_until
from tests.git.a_repository import ARepository

APP = """
import sentry_sdk

# Its release is by default the commit that is checked out.
sentry_sdk.init(project_root="{root}", auto_enabling_integrations=False)
try:
    {line}
except KeyError as error:
    sentry_sdk.capture_exception(error)
sentry_sdk.flush(5)
"""
BROKEN = '{}["card"]'


def start(engine: EngineProcess, shop: ARepository) -> None:
    subprocess.run(
        [sys.executable, shop.root / "app.py"],
        cwd=shop.root,
        env={"SENTRY_DSN": engine.dsn(), "PATH": os.environ["PATH"]},
        timeout=PATIENCE_SECONDS,
        check=True,
    )


def write(shop: ARepository, line: str, subject: str) -> None:
    shop.write("app.py", APP.replace("{root}", str(shop.root)).replace("{line}", line))
    shop.commit(subject)


def states(engine: EngineProcess) -> list[str]:
    return [issue["state"] for issue in rows("issues", "--query", "KeyError", data_dir=engine.data_dir)]


def test_a_build_without_the_fix_does_not_reopen_and_one_with_it_does(
    engine: EngineProcess, tmp_path: Path
) -> None:
    shop = ARepository(tmp_path / "shop")
    write(shop, BROKEN, "Sell")
    start(engine, shop)
    engine.wait_digested(1)
    write(shop, "pass", "Sell without a card")
    fix = shop.git("rev-parse", "HEAD")
    said = run("resolve", "1", "--at-commit", "--repo", str(shop.root), data_dir=engine.data_dir)
    assert said.stdout == f"Resolved at {fix[:9]}: 1.\n"

    # The build from before still runs somewhere, as does another branch that nobody has asked git about.
    shop.git("checkout", "-q", "HEAD^")
    start(engine, shop)
    engine.wait_digested(2)
    shop.git("checkout", "-q", "-b", "side")
    shop.write("README", "On the side")
    shop.commit("On the side")
    start(engine, shop)
    engine.wait_digested(3)
    assert states(engine) == ["resolved"]

    shop.git("checkout", "-q", "main")
    write(shop, BROKEN, "Break it again")
    start(engine, shop)
    wait_until(lambda: states(engine) == ["regressed"], "the issue to come back")
    newest, resolved, *_rest = rows("history", "1", data_dir=engine.data_dir)
    build = shop.git("rev-parse", "HEAD")
    assert newest["text"] == f"in {build[:9]}, which has {fix[:9]} in it"
    assert newest["count"] == 4
    assert resolved["text"] == f"at {fix[:9]} Sell without a card"
