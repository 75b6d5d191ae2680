"""Whether a fix is in a build, and whether it holds."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.fix_check import answers as answers
    from app.fix_check import at_commit as at_commit
    from app.fix_check import reruns as reruns

__getattr__ = lazy_door(__name__, {"": "answers at_commit reruns"})
