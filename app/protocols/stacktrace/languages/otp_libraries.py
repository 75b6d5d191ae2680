"""Which calls of Elixir and Erlang are the languages' own or a library's: by application, file and module."""

import re

# Applications that come with the languages, or that most apps stand on.
_LIBRARIES = frozenset(
    "elixir stdlib kernel erts eex ex_unit iex logger mix compiler crypto ssl public_key inets sasl "
    "runtime_tools "
    "mnesia asn1 xmerl tools os_mon syntax_tools phoenix phoenix_html phoenix_live_view phoenix_pubsub "
    "phoenix_ecto "
    "phoenix_template plug plug_cowboy plug_crypto cowboy cowlib ranch bandit thousand_island ecto "
    "ecto_sql db_connection "
    "postgrex myxql tds ecto_sqlite3 exqlite absinthe absinthe_plug oban broadway gen_stage flow jason "
    "poison "
    "httpoison hackney finch mint req tesla telemetry gettext swoosh bamboo nimble_options nimble_pool "
    "sentry "
    "opentelemetry opentelemetry_api amqp brod redix ex_aws floki timex decimal hound wallaby mox bypass nx "
    "commanded horde libcluster quantum cachex con_cache gun lager poolboy jose guardian ueberauth".split()
)
_OTP_MODULES = re.compile(
    r":?'?(?:erl_\w+|gen(?:_\w+)?|proc_lib|lists|maps|erlang|init|escript|supervisor|timer|ets|dict"
    r"|io(?:_lib)?|file"
    r"|application\w*|error_handler|code(?:_server)?|shell|group|user_drv|string|binary|elixir\w*|eunit\w*"
    r"|ct_\w+"
    r"|test_server\w*|rpc|logger\w*|cowboy\w*|ranch\w*|gen_statem|sys|queue|sets|orddict|unicode|re|base64)'?"
)
_ELIXIR_MODULES = re.compile(
    r"(?:Access|Agent|Application|Base|Bitwise|Calendar|Code|Date\w*|Decimal|Ecto|EEx|Enum|Exception"
    r"|ExUnit|File|Float|GenServer"
    r"|GenStage|IEx|IO|Integer|Jason|Kernel|Keyword|List|Logger|Macro|Map|MapSet|Mix|Module|NaiveDateTime"
    r"|Node|Oban|Path|Phoenix"
    r"|Plug|Port|Postgrex|Process|Protocol|Range|Record|Regex|Registry|Stream|String|Supervisor|System"
    r"|Task|Time|Tuple|URI|Version)(?:\.|$)"
)


def is_library(module: str | None, path: str | None, application: str | None = None) -> bool:
    """Whether the call is certainly not the app's own; any part may be missing.

    `module` is as either language writes it: ``Shop.Till``, ``:lists``, ``lists``. Applications are named
    since Elixir 1.0; where one is and is not known, it is the app's.
    """
    if application is not None:
        return application in _LIBRARIES
    name = module or ""
    return (
        (path or "").startswith("deps/")
        or _OTP_MODULES.fullmatch(name) is not None
        or _ELIXIR_MODULES.match(name) is not None
        or (path is None and name.startswith(":"))
    )
