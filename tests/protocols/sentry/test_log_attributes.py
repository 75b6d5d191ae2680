"""What stands beside a record of Sentry's logs has its place in the event."""

from typing import Any

import pytest
from hypothesis import given

from app.model import Frame, Sdk
from app.protocols.sentry import log_attributes
from app.protocols.sentry.log_attributes import Beside
from app.protocols.wire.notes import Notes
from tests.protocols import hostile


def beside(
    given: Any, header: dict[str, Any] | None = None, notes: Notes | None = None, **record: Any
) -> Beside:
    return log_attributes.read({"attributes": given, **record}, header or {}, notes or Notes())


def typed(**given: Any) -> dict[str, Any]:
    return {name.replace("__", "."): {"value": value, "type": "string"} for name, value in given.items()}


def test_release_server_logger_user_and_client() -> None:
    found = beside(
        typed(
            sentry__release="shop@1.2",
            sentry__environment="dev",
            server__address="vm",
            logger__name="shop.pay",
            user__id=42,
            user__email="ada@example.org",
            sentry__sdk__name="sentry.javascript.node",
            sentry__sdk__version="11.12.0",
            order=1042,
        )
    )

    assert found.fields == {
        "release": "shop@1.2",
        "environment": "dev",
        "server_name": "vm",
        "logger": "shop.pay",
    }
    assert found.user == {"id": "42", "email": "ada@example.org"}
    assert (found.sdk, found.platform) == (Sdk(name="sentry.javascript.node", version="11.12.0"), "node")
    assert found.extra == {"order": 1042}


def test_the_trace_and_other_contexts() -> None:
    given = typed(browser__name="Firefox", os__name="Linux", sentry__trace__parent_span_id="b" * 16)
    found = beside(given, trace_id="a" * 32)

    assert found.contexts == {
        "trace": {"trace_id": "a" * 32, "span_id": "b" * 16},
        "browser": {"name": "Firefox"},
        "os": {"name": "Linux"},
    }
    assert found.extra == {}


def test_the_record_names_its_span_before_its_attributes_do() -> None:
    found = beside(typed(sentry__trace__parent_span_id="b" * 16), span_id="c" * 16)

    assert found.contexts == {"trace": {"span_id": "c" * 16}}
    assert found.extra == {"sentry.trace.parent_span_id": "b" * 16}


def test_the_envelope_names_client_and_release_where_the_record_does_not() -> None:
    header = {"sdk": {"name": "sentry.php", "version": "4"}, "trace": {"release": "2", "environment": "prod"}}

    found = beside(typed(sentry__release="1"), header)

    assert found.fields == {"release": "1", "environment": "prod"}
    assert (found.sdk, found.platform) == (Sdk(name="sentry.php", version="4"), "php")


@pytest.mark.parametrize(
    ("parameters", "params"),
    [
        ({"0": "a", "1": 2}, ["a", 2]),
        ({"name": "ada"}, {"name": "ada"}),
        ({"1": "b"}, {"1": "b"}),
        ({}, None),
    ],
)
def test_a_template_has_its_parameters(parameters: dict[str, Any], params: Any) -> None:
    notes = Notes()
    given = {f"sentry.message.parameter.{name}": {"value": value} for name, value in parameters.items()}
    found = beside({"sentry.message.template": "hi %s", **given}, notes=notes, body="hi ada")

    assert found.template == "hi %s"
    assert notes.kept == {"logentry": {"message": "hi %s", "params": params}}
    assert found.extra == {}


def test_the_place_that_logged() -> None:
    found = beside(
        {"code.file.path": "/srv/pay.py", "code.function.name": "pay", "code.line.number": {"value": 3}}
    )

    assert found.frame == Frame(
        filename="/srv/pay.py", abs_path="/srv/pay.py", function="pay", line=3, in_app=True
    )
    assert found.extra == {}


def test_an_exception_of_attributes() -> None:
    found = beside({"exception.type": "E", "exception.message": "no card", "error.stack": "at x"})

    assert (found.type, found.value, found.stack) == ("E", "no card", "at x")


@pytest.mark.parametrize("odd", [[1], "text", 5])
def test_attributes_that_are_none_are_kept(odd: Any) -> None:
    notes = Notes()

    assert beside(odd, notes=notes).extra == {}
    assert notes.kept == {"attributes": odd}
    assert notes.problems


@given(hostile.JSON, hostile.JSON)
def test_anything_is_read(value: Any, header: Any) -> None:
    names = [
        "user.id",
        "sentry.release",
        "sentry.message.template",
        "code.line.number",
        "sentry.sdk.name",
        "x",
    ]
    beside(dict.fromkeys(names, value), {"sdk": header, "trace": header}, trace_id=value)
    beside(value, {"sdk": value})
