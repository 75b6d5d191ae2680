"""What is wrong is noted once a kind, and goes when it is well again."""

from app.model import from_micros
from app.store.engine_state import engine_findings
from app.store.engine_state.engine_findings import EngineFinding, FindingKind
from tests.factories import NOON, SECOND, Store


def test_each_kind_is_noted_once_the_newest_first(store: Store) -> None:
    store.write(engine_findings.note, FindingKind.CLOCK_JUMPED, NOON, "-3600")
    store.write(engine_findings.note, FindingKind.DIGEST_STALLED, NOON + SECOND, "It does not run.")
    store.write(engine_findings.note, FindingKind.CLOCK_JUMPED, NOON + 2 * SECOND, "+3600")
    assert store.read(engine_findings.listed) == [
        EngineFinding(FindingKind.CLOCK_JUMPED, from_micros(NOON + 2 * SECOND), "+3600"),
        EngineFinding(FindingKind.DIGEST_STALLED, from_micros(NOON + SECOND), "It does not run."),
    ]
    store.write(engine_findings.clear, FindingKind.CLOCK_JUMPED)
    store.write(engine_findings.clear, FindingKind.CLOCK_JUMPED)
    assert [each.kind for each in store.read(engine_findings.listed)] == [FindingKind.DIGEST_STALLED]
