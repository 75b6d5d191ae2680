"""Why an engine cannot start, in words for people and for the window."""


class CannotStart(Exception):
    """The world is in the way of the engine; the text is a sentence that says what to do.

    `kind` is one of `port-taken`, `address-unusable`, `database-too-new`,
    `data-dir-locked`, `data-dir-unusable`.
    """

    def __init__(self, kind: str, message: str, suggested_port: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.suggested_port = suggested_port

    def as_dict(self) -> dict[str, str | int | None]:
        """What the window is told, in one line of JSON."""
        return {"kind": self.kind, "message": str(self), "suggested_port": self.suggested_port}
