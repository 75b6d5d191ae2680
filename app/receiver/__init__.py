"""The receive path: from the socket to the disk, and back with the answer.

`server` owns the thread, `http_protocol` turns bytes into requests, `ingest` takes reports, `guard` says who
may send, `limits` how much, `group_commit` writes, `refusals` remembers what was turned away, and `pages`
answers everybody who sends no report. **The port takes errors in; nothing comes out of it.**
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.receiver import mail as mail

# Only an engine that takes mail waits for what speaks SMTP to load.
__getattr__ = lazy_door(__name__, {"": "mail"})
