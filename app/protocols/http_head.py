"""Looks into the head of a stored report: the request line and the headers, as in HTTP/1.1."""


def header(head: bytes, name: str) -> str:
    """The value of the first header called `name`, in any case; empty when there is none."""
    wanted = name.lower().encode("latin-1", "replace")
    for line in head.split(b"\r\n")[1:]:
        key, _colon, value = line.partition(b":")
        if key.strip().lower() == wanted:
            return value.strip().decode("latin-1")
    return ""
