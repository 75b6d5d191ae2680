"""Why a request body cannot be decoded."""


class EncodingError(Exception):
    """A body that cannot be decoded."""


class TooLarge(EncodingError):
    """The decoded body is longer than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The decoded body is larger than {limit} bytes.")
        self.limit = limit


class UnknownEncoding(EncodingError):
    """An unsupported Content-Encoding, of a body without known magic bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The content encoding {name!r} is not known; send gzip, deflate, br, zstd or none.")
        self.name = name


class BrokenEncoding(EncodingError):
    """The compressed stream is damaged or cut short; `decoded` is what came before the damage."""

    def __init__(self, name: str, reason: str, decoded: bytes) -> None:
        super().__init__(f"The {name} stream is broken after {len(decoded)} decoded bytes: {reason}.")
        self.name = name
        self.decoded = decoded
