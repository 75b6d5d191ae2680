"""The baseline of the ingest benchmark: a handler that reads the body, and always gives the same answer."""

from typing import Any

import uvicorn

from app.receiver.server import configure
from app.receiver.sockets import listen

BODY = b'{"id": "0123456789abcdef0123456789abcdef"}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]


async def answer(_scope: Any, receive: Any, send: Any) -> None:
    """Answer one request."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})


def main() -> None:
    """Listen on a free port until stopped by a signal."""
    sockets = listen("127.0.0.1", 0)
    print(f"listening on http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)
    uvicorn.Server(configure(answer)).run(sockets)


if __name__ == "__main__":
    main()
