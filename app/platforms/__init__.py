"""What Linux, macOS and Windows do differently: processes, programs, words of commands, the registry.

A function is handed the platform (`sys.platform`'s word), so that each branch is tested on every machine;
only what calls Windows itself stands under `sys.platform == "win32"`, in a few lines behind an interface.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.platforms import process_tree as process_tree
    from app.platforms import windows_job as windows_job

__getattr__ = lazy_door(__name__, {"": "process_tree windows_job"})
