"""OpenTelemetry, set up by hand as in an app; the environment names the address to send to."""

import logging

from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from tests.clients.python.drive import Driver, Lines
from tests.clients.python.shop import PaymentError, checkout


class Otel(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.spans = TracerProvider()
        self.spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self.logs = LoggerProvider()
        self.logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
        set_logger_provider(self.logs)
        self.tracer = self.spans.get_tracer("shop")

    def finish(self) -> None:
        self.spans.force_flush()
        self.logs.force_flush()

    def handled(self) -> None:
        attributes = {
            "http.request.method": "POST",
            "url.full": "http://shop.example/checkout/handled?page=2",
            "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "enduser.id": "7",
            "customer": "ada",
        }
        try:
            with self.tracer.start_as_current_span(
                "POST /checkout/{order_id}", attributes=attributes
            ) as span:
                span.add_event("opened the cart", {"items": 2})
                checkout("handled")
        except PaymentError:
            return

    def log_exception(self) -> None:
        handler = LoggingHandler(level=logging.ERROR, logger_provider=self.logs)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        try:
            checkout("log_exception")
        except PaymentError:
            logger.exception("order %s went wrong", "log_exception")
        logger.removeHandler(handler)


driver = Otel
