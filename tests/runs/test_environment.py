"""What clients in a run's program find in their environment."""

from app.runs.environment import for_clients

URL = "http://127.0.0.1:1974"


def test_clients_are_led_here_by_the_projects_name() -> None:
    added = for_clients(URL, "my shop", {})
    assert added["SENTRY_DSN"] == "http://my%20shop@127.0.0.1:1974/1"
    assert added["OTEL_EXPORTER_OTLP_ENDPOINT"] == f"{URL}/my%20shop"
    assert added["HONEYBADGER_API_KEY"] == "my shop"


def test_what_is_set_stays_also_where_it_is_empty() -> None:
    given = {"SENTRY_DSN": "", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://elsewhere", "HONEYBADGER_API_KEY": "k"}
    added = for_clients(URL, "shop", given)
    assert not added.keys() & given.keys()
    halves = {"SENTRY_SPOTLIGHT", "OTEL_EXPORTER_OTLP_PROTOCOL", "HONEYBADGER_ENDPOINT"}
    assert not added.keys() & halves, "one half of ours with one half of theirs"
