import pytest

from app.protocols.otlp.resource import project, source
from app.protocols.protocol import Accepted
from app.protocols.wire.notes import Notes
from tests.protocols import captures
from tests.protocols.otlp.requests import (
    ID,
    SHOP,
    one,
    raised,
    resource,
    span,
    traces,
)


def test_each_part_of_a_resource_has_its_field() -> None:
    source = resource(
        service__name="shop",
        service__version="2.0",
        service__namespace="web",
        deployment__environment="staging",
        host__name="web-1",
        telemetry__sdk__language="dotnet",
        telemetry__sdk__name="opentelemetry",
        telemetry__sdk__version="1.9",
        process__runtime__name=".NET",
        process__runtime__version="8.0",
        os__type="linux",
    )

    event = one(traces(span(raised()), of=source))

    assert (event.release, event.environment, event.server_name) == ("2.0", "staging", "web-1")
    assert event.platform == "csharp"
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("opentelemetry", "1.9")
    assert event.contexts["runtime"] == {"name": ".NET", "version": "8.0"}
    assert event.contexts["os"] == {"name": "linux"}
    assert event.contexts["resource"] == {"service.namespace": "web"}


def test_a_current_name_counts_and_the_old_one_is_left_over() -> None:
    source = resource(deployment__environment__name="new", deployment__environment="old")

    event = one(traces(span(raised()), of=source))

    assert event.environment == "new"
    assert event.contexts["resource"] == {"deployment.environment": "old"}


@pytest.mark.parametrize(
    ("agent", "platform", "sdk"),
    [
        ("OTel-OTLP-Exporter-JavaScript/0.223.1", "node", "OTel-OTLP-Exporter-JavaScript 0.223.1"),
        ("OTel-OTLP-Exporter-Python/1.45.2", "python", "OTel-OTLP-Exporter-Python 1.45.2"),
        ("OTel OTLP Exporter Go/1.28.0", "go", "OTel OTLP Exporter Go 1.28.0"),
        ("curl/8.5.0", None, None),
    ],
)
def test_the_user_agent_names_the_sdk_where_the_resource_does_not(
    agent: str, platform: str | None, sdk: str | None
) -> None:
    report = captures.report_of(
        "otlp.logs", Accepted("", ID), f"POST / HTTP/1.1\r\nuser-agent: {agent}".encode()
    )

    found = source(SHOP, report, Notes())

    assert found.platform == platform
    assert (found.sdk and f"{found.sdk.name} {found.sdk.version}") == sdk


@pytest.mark.parametrize(
    ("name", "expected"),
    [("shop", "shop"), ("unknown_service:python", None), ("unknown_service", None), ("", None), (7, None)],
)
def test_an_unnamed_service_is_no_project(name: object, expected: str | None) -> None:
    assert project(resource(service__name=name)) == expected


@pytest.mark.parametrize(
    ("project_in_path", "tags"), [("", {}), ("shop", {}), ("team", {"service.name": "shop"})]
)
def test_the_service_is_a_tag_where_the_address_names_another_project(
    project_in_path: str, tags: dict[str, str]
) -> None:
    report = captures.report_of("otlp.logs", Accepted(project_in_path, ID))

    found = source(SHOP, report, Notes())

    assert (found.project, found.tags) == ("shop", tags)
