"""The recent searches, the last one first."""

MOST = 20
LONGEST = 500


def with_search(recent: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The recent searches after one more."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return recent
    return (text, *(each for each in recent if each != text))[:MOST]


def without_search(recent: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The recent searches without this one."""
    return tuple(each for each in recent if each != text)
