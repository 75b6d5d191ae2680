"""The registry of a Windows that is not there."""


class MemoryRegistry:
    """Keys and values as they were written; as on Windows, capitals in names make no difference."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}

    def value(self, key: str, name: str = "") -> str | None:
        return self.values.get((key.lower(), name.lower()))

    def write(self, key: str, name: str, text: str) -> None:
        self.values[key.lower(), name.lower()] = text

    def remove_value(self, key: str, name: str) -> None:
        self.values.pop((key.lower(), name.lower()), None)

    def remove_key(self, key: str) -> None:
        below = (key.lower(), f"{key.lower()}\\")
        self.values = {
            found: text
            for found, text in self.values.items()
            if found[0] != below[0] and not found[0].startswith(below[1])
        }
