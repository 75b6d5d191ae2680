"""Why the store cannot be used, in sentences for people. Loads nothing else: everybody may name them."""


class StoreError(Exception):
    """The store cannot be used; the text is a sentence for people."""


class DatabaseMissing(StoreError):
    """There is no database in the folder yet."""


class DatabaseTooNew(StoreError):
    """A newer Arecibo wrote the file."""


class DatabaseTooOld(StoreError):
    """The file waits for the engine to upgrade it."""


class UpgradeGivenUp(StoreError):
    """The upgrade was given up before its end; the next start goes on with it."""


class DatabaseUnusable(StoreError):
    """The folder or the file cannot be read or written."""
