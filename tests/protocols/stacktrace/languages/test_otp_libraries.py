import pytest

from app.protocols.stacktrace.languages.otp_libraries import is_library


@pytest.mark.parametrize(
    ("module", "path", "application"),
    [
        ("Enum", "lib/enum.ex", "elixir"),
        ("Phoenix.Router", "lib/phoenix/router.ex", "phoenix"),
        ("Jason", "deps/jason/lib/jason.ex", None),
        ("GenServer", "lib/gen_server.ex", None),
        (":lists", None, None),
        ("gen_server", "gen_server.erl", None),
    ],
)
def test_libraries(module: str, path: str | None, application: str | None) -> None:
    assert is_library(module, path, application)


@pytest.mark.parametrize(
    ("module", "path", "application"),
    [
        ("Enum", "lib/enum.ex", "shop"),
        ("Shop.Till", "lib/shop/till.ex", None),
        ("till", "till.erl", None),
        (None, "test/till_test.exs", None),
    ],
)
def test_the_apps_own(module: str | None, path: str, application: str | None) -> None:
    assert not is_library(module, path, application)
