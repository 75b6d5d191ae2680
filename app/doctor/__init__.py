"""Why no errors arrive: which clients called, what was refused, and what is wrong around the engine.

The engine itself is only asked whether it answers on its port; everything else is read from the store, so
that the findings are there when no engine runs. Each module makes findings of one kind.
"""

from app.doctor.examination import Caller as Caller
from app.doctor.examination import Examination as Examination
from app.doctor.examination import examine as examine
from app.doctor.examination import examine_without_store as examine_without_store
from app.doctor.finding import Finding as Finding
from app.doctor.finding import Severity as Severity
