"""The examination: all findings together, the worst first, with and without a store."""

import msgspec

from app.doctor.examination import Examination, examine_without_store
from app.doctor.finding import Severity
from app.settings import Settings
from tests.doctor.examining import NOW, call, examined, refuse, titles
from tests.factories import Store


def test_findings_of_all_kinds_come_worst_first(store: Store, settings: Settings) -> None:
    call(store, skew=7_200)
    refuse(store, 421, "for 'evil'")
    found = examined(store, settings)
    assert titles(found)[0] == "The engine does not run on this folder."
    assert {each.severity for each in found.findings} >= {Severity.PROBLEM, Severity.WARNING, Severity.OK}
    assert (len(found.callers), len(found.refusals)) == (1, 1)
    assert found.url == f"http://{settings.host}:{settings.port}"
    assert msgspec.json.decode(msgspec.json.encode(found), type=Examination) == found


def test_secrets_in_the_heads_of_refused_requests_are_hidden(store: Store, settings: Settings) -> None:
    refuse(store, 403, "why", head=b"POST / HTTP/1.1\r\nAuthorization: Bearer open-sesame-42")
    (refusal,) = examined(store, settings).refusals
    assert "open-sesame-42" not in refusal.head


def test_without_a_store_the_reason_and_the_engine_are_found(settings: Settings) -> None:
    found = examine_without_store(settings, "The error store cannot be read.", now=NOW)
    assert titles(found, Severity.PROBLEM) == [
        "The error store cannot be read.",
        "The engine does not run on this folder.",
    ]
    assert (found.callers, found.refusals) == ((), ())
