"""An app of two services with their real clients; the port of the engine is the first argument.

A shop in Flask with sentry-sdk calls a bank that has OpenTelemetry, and fails on its answer. An agent of
Elastic's reports a job of its own.
"""

import logging
import sys
from typing import Any

import elasticapm
import sentry_sdk
from flask import Flask
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

URL = f"http://127.0.0.1:{sys.argv[1]}"
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("shop.checkout")
sentry_sdk.init(
    dsn=URL.replace("//", "//traced_shop@") + "/1", traces_sample_rate=1, enable_logs=True, server_name="vm"
)
bank = TracerProvider(resource=Resource.create({"service.name": "bank"}))
bank.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{URL}/v1/traces")))
app = Flask("traced_shop")


@app.get("/checkout/<int:order_id>")
def checkout(order_id: int) -> str:
    log.info("checkout of %d begins", order_id)
    with sentry_sdk.start_span(op="http.client", name="GET /balance") as span:
        context = SpanContext(
            int(span.trace_id, 16), int(span.span_id, 16), is_remote=True, trace_flags=TraceFlags(1)
        )
        around = set_span_in_context(NonRecordingSpan(context))
        with bank.get_tracer("bank").start_as_current_span("balance", context=around):
            log.warning("the bank answers slowly")
    raise KeyError("balance")


app.test_client().get("/checkout/7")
sentry_sdk.flush()
bank.shutdown()

# Its functions have no types.
agent: Any = elasticapm.Client(
    server_url=URL, service_name="nightly", metrics_interval="0s", cloud_provider="none", central_config=False
)
agent.begin_transaction("job")
try:
    with elasticapm.capture_span("read orders", span_type="db"):
        raise ValueError("no orders")
except ValueError:
    agent.capture_exception()
agent.end_transaction("nightly report", "failure")
agent.close()
