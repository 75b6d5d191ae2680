"""The hooks stand back for real clients of Node and Ruby that are set up, and for others not."""

from pathlib import Path

import pytest

from tests.clients.install import NODE
from tests.hooks import hooked

pytestmark = pytest.mark.all_clients

DSN = "http://shop@127.0.0.1:9/1"
NODE_CLIENTS = {
    "sentry": f"require('@sentry/node').init({{ dsn: '{DSN}' }});",
    "sentry 10": f"require('sentry-node-10').init({{ dsn: '{DSN}' }});",
    "sentry 7": f"require('sentry-node-7').init({{ dsn: '{DSN}' }});",
    "rollbar": "const R = require('rollbar'); new R({ accessToken: 'x', endpoint: 'http://127.0.0.1:9/' });",
    "bugsnag": "require('@bugsnag/js').start({ apiKey: '0'.repeat(32), logger: null,"
    " endpoints: { notify: 'http://127.0.0.1:9', sessions: 'http://127.0.0.1:9' } });",
    "honeybadger": "require('@honeybadger-io/js').configure({ apiKey: 'x', endpoint: 'http://127.0.0.1:9',"
    " enableUncaught: false });",
    "airbrake": "const { Notifier } = require('@airbrake/node'); new Notifier({ projectId: 1,"
    " projectKey: 'x',"
    " host: 'http://127.0.0.1:9', remoteConfig: false, errorNotifications: false });",
    "elastic": "require('elastic-apm-node').start({ serverUrl: 'http://127.0.0.1:9', logLevel: 'off',"
    " captureExceptions: false });",
    "opentelemetry": "const { NodeSDK } = require('@opentelemetry/sdk-node'); new NodeSDK().start();",
}
ONLY_LOADED = {
    "sentry": "require('@sentry/node');",
    "bugsnag": "require('@bugsnag/js');",
    "honeybadger": "require('@honeybadger-io/js');",
    "opentelemetry": "require('@opentelemetry/api');",
}


def crash(tmp_path: Path, client: str) -> hooked.Ran:
    (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
    (tmp_path / "app.js").write_text(f"{client}\nfunction pay() {{ throw new Error('no card'); }}\npay();\n")
    return hooked.run(["node", "app.js"], cwd=tmp_path)


@pytest.mark.parametrize("client", NODE_CLIENTS)
def test_a_client_that_is_set_up(client: str, tmp_path: Path) -> None:
    ran = crash(tmp_path, NODE_CLIENTS[client])
    # Not by its exit code: Sentry's version 7 ends with 0.
    assert "no card" in ran.err
    assert ran.reports == []


@pytest.mark.parametrize("client", ONLY_LOADED)
def test_a_client_that_is_only_loaded(client: str, tmp_path: Path) -> None:
    assert hooked.titles(crash(tmp_path, ONLY_LOADED[client])) == ["Error: no card"]


RUBY_CLIENT = "require 'sentry-ruby'\nSentry.init { |config| config.dsn = %s; config.sdk_logger = nil }\n"


@pytest.mark.parametrize(("dsn", "reported"), [(f"'{DSN}'", []), ("nil", ["RuntimeError: no card"])])
def test_rubys_sentry(dsn: str, reported: list[str], tmp_path: Path) -> None:
    source = RUBY_CLIENT.replace("; config.sdk_logger = nil", "") % dsn + "raise 'no card'\n"
    (tmp_path / "app.rb").write_text(source)
    ran = hooked.run(["ruby", "app.rb"], cwd=tmp_path)
    assert "no card (RuntimeError)" in ran.err
    assert hooked.titles(ran) == reported
