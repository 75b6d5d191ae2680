"""Posts what is imported to the engine that runs on a data folder: by HTTP, as any client does."""

import http.client
import json
from urllib.parse import urlsplit

from msgspec import Struct

from app.engine import address
from app.program_command import NAME
from app.protocols import imported
from app.settings import Settings

TIMEOUT_SECONDS = 30.0
_LONGEST_ANSWER = 10_000


class Imported(Struct, frozen=True):
    """Whether the engine took it, a sentence, and the event's id if it did."""

    ok: bool
    message: str
    event_id: str | None = None


def send(settings: Settings, body: bytes, name: str) -> Imported:
    """Post the report file `body`, which came from the file called `name`. Blocks; raises nothing."""
    where = address.read(settings.data_dir)
    if where is None:
        return Imported(False, f"No engine runs on this data folder: start {NAME}, or {NAME} serve.")
    return post(where.url, body, name)


def post(url: str, body: bytes, name: str) -> Imported:
    """The same, to the engine at `url`."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/x-arecibo-report", "User-Agent": "arecibo.import/1"}
    try:
        connection.request("POST", f"/{imported.PATH}", body, headers)
        response = connection.getresponse()
        answer = response.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        return Imported(False, f"{name} was not imported: the engine at {url} did not answer: {error}.")
    finally:
        connection.close()
    if response.status != http.client.OK:
        return Imported(False, f"{name} was not imported: {_reason(answer) or response.status}")
    return Imported(True, f"{name} was imported.", _field(answer, "id"))


def _reason(answer: bytes) -> str:
    return _field(answer, "detail") or _field(answer, "error") or ""


def _field(answer: bytes, name: str) -> str | None:
    try:
        value = json.loads(answer)
    except ValueError:
        return None
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None
