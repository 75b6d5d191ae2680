"""OpenTelemetry over HTTP: exceptions on spans and in log records (docs/protocols.md, section 6.8).

Protobuf and JSON say the same (https://opentelemetry.io/docs/specs/otlp/): `records` finds the errors in
either and gives them as JSON, `conventions` reads attributes by the semantic conventions,
`exception_attributes` the exception, and `spans` and `logs` make the events. All else is counted.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.protocols.otlp import protobuf as protobuf

# The generated classes take a sixth of a second to load: only a request in protobuf waits for them.
__getattr__ = lazy_door(__name__, {"": "protobuf"})
