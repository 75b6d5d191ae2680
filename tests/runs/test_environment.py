"""The variables by which clients find the engine; each is read by the real protocol table."""

from urllib.parse import urlsplit

import pytest

from app.protocols import run_path, table
from app.runs import environment
from tests.factories import make_report

URL, KEY = "http://127.0.0.1:1974", "3f9c0a12b7de"


def test_sentrys_dsn_names_project_and_run() -> None:
    added = environment.for_clients(URL, "my shop", {}, KEY)
    assert added["SENTRY_DSN"] == f"http://my%20shop@127.0.0.1:1974/run-{KEY}/1"
    assert environment.for_clients(URL, "shop", {})["SENTRY_DSN"] == "http://shop@127.0.0.1:1974/1"


@pytest.mark.parametrize(
    ("variable", "rest", "protocol"),
    [
        ("SENTRY_SPOTLIGHT", "", "sentry.stream"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "/v1/traces", "otlp.traces"),
        ("ELASTIC_APM_SERVER_URL", "/intake/v2/events", "elastic.intake"),
        ("HONEYBADGER_ENDPOINT", "/v1/notices", "honeybadger"),
    ],
)
def test_every_address_leads_to_its_protocol_and_names_the_run(
    variable: str, rest: str, protocol: str
) -> None:
    address = environment.for_clients(URL, "shop", {}, KEY)[variable]
    path = urlsplit(address).path + rest
    found = table.find(path)
    assert found is not None
    assert found[0].name.startswith(protocol.partition(".")[0])
    assert run_path.key(make_report(1, head=f"POST {path} HTTP/1.1".encode())) == KEY


def test_what_is_set_stays_also_where_it_is_empty() -> None:
    given = {"SENTRY_DSN": "", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://elsewhere", "HONEYBADGER_API_KEY": "k"}
    added = environment.for_clients(URL, "shop", given)
    assert not added.keys() & given.keys()
    halves = {"SENTRY_SPOTLIGHT", "OTEL_EXPORTER_OTLP_PROTOCOL", "HONEYBADGER_ENDPOINT"}
    assert not added.keys() & halves, "one half of ours with one half of theirs"
