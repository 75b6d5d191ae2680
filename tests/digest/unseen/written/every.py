"""All written cases as pairs: their own variants, and the transformations of recorded events."""

from collections.abc import Iterator

from tests.digest.unseen import other, same
from tests.digest.unseen.pairs import Pair, dice
from tests.digest.unseen.written import browser, jvm, native, others, sentry_forms, server

CASES = [*jvm.CASES, *native.CASES, *server.CASES, *browser.CASES, *sentry_forms.CASES, *others.CASES]


def pairs() -> Iterator[Pair]:
    for case in CASES:
        base = case.event()
        for variants, alike in ((case.same, True), (case.other, False)):
            for kind, swap in variants.items():
                yield Pair(case.name, f"{case.name}: {kind}", alike, base, case.event(swap))
        for transformations, alike in ((same.ALL, True), (other.ALL, False)):
            for transformation in transformations:
                kind = transformation.__name__
                if base.fingerprint and "fingerprint" not in kind:
                    continue
                made = transformation(base, dice(case.name, kind))
                if made is not None:
                    yield Pair(f"written {case.name}", kind, alike, *made)
    for at, case in enumerate(CASES):
        for two in CASES[at + 1 :]:
            yield Pair(f"{case.name} and {two.name}", "distinct cases", False, case.event(), two.event())
