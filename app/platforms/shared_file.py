"""Opens a file so that others may go on to write, rename and delete it: a log that its program rotates.

On Windows an open file cannot be renamed unless whoever opened it has said so, which Python's `open` does
not: to follow a log would hold up its rotation. (`CreateFileW` in Microsoft's documentation.)
"""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _GENERIC_READ = 0x80000000
    _SHARE_ALL = 0x1 | 0x2 | 0x4
    _OPEN_EXISTING = 3
    _BACKUP_SEMANTICS = 0x02000000
    _INVALID = ctypes.c_void_p(-1).value

    def open_to_read(path: Path) -> int:
        """A descriptor to read from. Raises `OSError`."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = kernel.CreateFileW(
            ctypes.c_wchar_p(str(path)),
            ctypes.c_uint32(_GENERIC_READ),
            ctypes.c_uint32(_SHARE_ALL),
            None,
            ctypes.c_uint32(_OPEN_EXISTING),
            # A folder is opened, too, so that what it is can be said.
            ctypes.c_uint32(_BACKUP_SEMANTICS),
            None,
        )
        if handle == _INVALID or handle is None:
            error = ctypes.get_last_error()
            raise OSError(None, ctypes.FormatError(error), str(path), error)
        return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)

else:

    def open_to_read(path: Path) -> int:
        """A descriptor to read from. A pipe without a writer is not waited for. Raises `OSError`."""
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK)
