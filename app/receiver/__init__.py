"""The receive path: from the socket to the disk, and back with the answer.

`server` owns the thread, `http_protocol` turns bytes into requests, `report_request` is one of them, `ingest`
accepts reports, `guard` decides who may send, `limits` how much, `group_commit` writes, `refusal_writer`
stores what was refused, and `pages` answers requests without a report.
**The port takes errors in; nothing comes out of it.**
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.receiver import mail as mail

# Loading the SMTP server takes time: only an engine that takes mail loads it.
__getattr__ = lazy_door(__name__, {"": "mail"})
