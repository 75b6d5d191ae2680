"""The variables by which clients in a program find the engine, where its user has not set them."""

from collections.abc import Mapping
from urllib.parse import quote

from app.dsn import dsn
from app.protocols import run_path


def for_clients(url: str, project: str, given: Mapping[str, str], key: str | None = None) -> dict[str, str]:
    """What to add to the variables `given`, for the engine at `url`, in the run that `key` names.

    The key stands at the beginning of each path, where any is accepted: so what a client sends is known to be
    of the run.

    Sentry's clients read a DSN (https://docs.sentry.io/platforms/python/configuration/options/#dsn) and
    Spotlight's address, OpenTelemetry's an endpoint
    (https://opentelemetry.io/docs/specs/otel/protocol/exporter/), Elastic's, Honeybadger's and Rollbar's what
    their configuration pages name.
    """
    name = quote(project, safe="")
    url = f"{url}/{run_path.of(key)}" if key else url
    wanted = {
        "SENTRY_DSN": dsn(url, name),
        "SENTRY_SPOTLIGHT": f"{url}/{name}/stream",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"{url}/{name}",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "ELASTIC_APM_SERVER_URL": f"{url}/{name}",
        "HONEYBADGER_ENDPOINT": url,
        "HONEYBADGER_API_KEY": project,
    }
    # A client that is pointed elsewhere by one variable must not get the other half of ours.
    for first, second in (
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"),
        ("HONEYBADGER_API_KEY", "HONEYBADGER_ENDPOINT"),
    ):
        if first in given:
            wanted.pop(second)
    if "SENTRY_DSN" in given:
        wanted.pop("SENTRY_SPOTLIGHT")
    return {variable: value for variable, value in wanted.items() if variable not in given}
