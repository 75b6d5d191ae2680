import pytest

from app.protocols import table
from app.protocols.elastic import accept
from tests.protocols import captures
from tests.protocols.elastic.requests import ID


def test_a_secret_token_names_no_project() -> None:
    headers = {"authorization": "Bearer secret"}

    for path, project in {"/intake/v2/events": "", "/shop/intake/v2/rum/events": "shop"}.items():
        protocol, request = captures.arrival(path, b"{}", headers)
        accepted = protocol.accept(request)
        assert accepted.project == project
        assert protocol.answer(accepted).status == 202


@pytest.mark.parametrize(
    ("path", "agent", "body"),
    [
        ("/", b"apm-agent-python/6.26.2 (shop)", b'{"version":"8.17.0"}'),
        ("/shop/", b"apm-agent-nodejs/4.18.0", b'{"version":"8.17.0"}'),
        ("/config/v1/agents", b"apm-agent-nodejs/4.18.0", b"{}"),
        ("/shop/config/v1/agents", b"apm-agent-go/2", b"{}"),
        ("/config/v1/rum/agents", b"Mozilla/5.0", b"{}"),
    ],
)
def test_what_agents_ask_before_they_send(path: str, agent: bytes, body: bytes) -> None:
    answer = table.reply(path, agent)

    assert answer is not None
    assert (answer.status, answer.content_type, answer.body) == (200, b"application/json", body)
    assert table.reply("/", b"Mozilla/5.0") is None


def test_a_request_for_a_configuration_is_counted() -> None:
    protocol, _request = captures.arrival("/config/v1/agents", b"")
    report = captures.report_of(protocol.name, table.Accepted("", ID))

    for body, project in {
        b'{"service":{"name":"shop"}}': "shop",
        b"": "",
        b"[": "",
        b'{"service":3}': "",
    }.items():
        delivery = protocol.read(report, body)
        assert (delivery.events, delivery.others, delivery.project) == ((), {"config": 1}, project)


@pytest.mark.parametrize(("path", "is_root"), [("/", True), ("/shop/", True), ("/shop", False)])
def test_the_root_of_a_server_with_a_prefix(path: str, is_root: bool) -> None:
    assert (accept.ROOT.fullmatch(path) is not None) is is_root
