"""Why nothing arrives: who called in, what was turned away, and what is wrong around the engine.

Nothing is asked of the engine but whether it answers at its own door; all else is in the store, so that it
also tells what was wrong when nobody is there to ask. Each module finds things of one kind.
"""

from app.doctor.examination import Caller as Caller
from app.doctor.examination import Examination as Examination
from app.doctor.examination import examine as examine
from app.doctor.examination import examine_without_store as examine_without_store
from app.doctor.finding import Finding as Finding
from app.doctor.finding import Severity as Severity
