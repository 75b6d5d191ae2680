"""What a fault is called: in the window, on the command line and by the doctor."""

from datetime import datetime

from app.plain_text import plural

_SECOND = 1_000_000
# How the reason of a request begins that was refused on purpose.
ON_PURPOSE = "A fault set on purpose in Arecibo"
# By `FaultAnswer`: what is done to a request.
ANSWERS = {
    "429": "answered 429, too many requests",
    "500": "answered 500, a server's error",
    "503": "answered 503, unavailable",
    "slow": "stored, and answered late",
    "none": "not answered",
}


def describe(project: str, answer: str, seconds: float, share: float, until: int, met: int) -> str:
    """A sentence such as "Requests of shop are answered 429 … until 14:05: 3 requests so far"."""
    of = "Requests" if share >= 1 else f"{share:.0%} of the requests"
    how = ANSWERS[answer]
    if answer == "slow":
        how = f"stored, and answered {seconds:g} s late"
    elif answer == "none":
        how = f"not answered, and cut off after {seconds:g} s"
    at = datetime.fromtimestamp(until / _SECOND).astimezone()
    return f"{of} of {project} are {how}, on purpose, until {at:%H:%M:%S}. {plural(met, 'request')} met this."
