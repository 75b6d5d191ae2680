"""Settings: which source takes precedence, and the error for a value that cannot be used."""

from pathlib import Path

import pytest

from app import settings
from app.settings import SettingsError


def load(
    tmp_path: Path, toml: str = "", environ: dict[str, str] | None = None, **flags: object
) -> settings.Settings:
    file = tmp_path / "settings.toml"
    file.write_text(toml)
    return settings.load(flags, environ=environ or {}, file=file)


def test_defaults_need_no_file(tmp_path: Path) -> None:
    made = settings.load(environ={}, file=tmp_path / "none.toml")
    assert (made.host, made.port, made.known_keys) == ("127.0.0.1", 1974, ())


def test_precedence_is_flags_environment_file_defaults(tmp_path: Path) -> None:
    toml = 'port = 1\nhost = "file"\ndata_dir = "/file"\n[retention]\ndays = 7\n'
    environ = {"ARECIBO_PORT": "2", "ARECIBO_HOST": "environment", "ARECIBO_KNOWN_KEYS": "a, b"}
    made = load(tmp_path, toml, environ, port=3, host=None)
    assert (made.port, made.host, made.data_dir) == (3, "environment", Path("/file"))
    assert made.known_keys == ("a", "b")
    assert made.retention.days == 7


@pytest.mark.parametrize("word", ["1", "true", "True"])
def test_environment_sets_booleans(tmp_path: Path, word: str) -> None:
    assert load(tmp_path, environ={"ARECIBO_DIGEST_INLINE": word}).digest_inline


@pytest.mark.parametrize(
    ("toml", "environ", "flags", "named"),
    [
        ("port = 70000", {}, {}, "settings.toml"),
        ("", {"ARECIBO_PORT": "many"}, {}, "ARECIBO_PORT"),
        ("", {}, {"port": -1}, "--port"),
        ("prot = 1", {}, {}, "prot"),
        ("port = ", {}, {}, "settings.toml"),
        ("[retention]\ndays = 0", {}, {}, "days"),
        ("[limits]\nframes = 0", {}, {}, "frames"),
        ("[limits]\nframe = 1", {}, {}, "frame"),
    ],
)
def test_error_names_the_source_or_the_setting(
    tmp_path: Path, toml: str, environ: dict[str, str], flags: dict[str, object], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        load(tmp_path, toml, environ, **flags)


def test_limits_are_a_table_and_apply_to_the_process(tmp_path: Path) -> None:
    made = load(tmp_path, "max_decoded_bytes = 1000\n[limits]\nframes = 7\n", {"ARECIBO_LIMITS": "x"})
    before = settings.Settings()
    try:
        settings.use(made)
        assert (settings.limits().frames, settings.limits().text) == (7, before.limits.text)
        assert settings.decoded_bytes() == 1000
    finally:
        settings.use(before)
