"""What must not leave this machine: the built-in rules, and a person's own patterns beside them.

`rules.py` finds it in texts and by names, `values.py` in values of any shape, `report_body.py` in a report as
it came, `receipt.py` in what the receiver is about to write.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.scrub import otlp_body as otlp_body
    from app.scrub import receipt as receipt
    from app.scrub import report_body as report_body
    from app.scrub import rules as rules
    from app.scrub import values as values

__getattr__ = lazy_door(__name__, {"": "otlp_body receipt report_body rules values"})
