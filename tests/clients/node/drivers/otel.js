// An app that has set up OpenTelemetry; where to send is told by the environment.
const { trace, SpanStatusCode } = require("@opentelemetry/api");
const { logs, SeverityNumber } = require("@opentelemetry/api-logs");
const { OTLPLogExporter } = require("@opentelemetry/exporter-logs-otlp-http");
const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
const { NodeSDK, logs: sdkLogs } = require("@opentelemetry/sdk-node");
const { failure, run } = require("./shop.js");

async function within(options, work) {
  const sdk = new NodeSDK({ instrumentations: [], ...options });
  sdk.start();
  work();
  await sdk.shutdown();
}

function asSpan() {
  const span = trace.getTracer("shop").startSpan("checkout", { attributes: { "order.id": 42 } });
  span.recordException(failure());
  span.setStatus({ code: SpanStatusCode.ERROR, message: "payment failed" });
  span.end();
}

function asLog() {
  const error = failure();
  logs.getLogger("shop").emit({
    severityNumber: SeverityNumber.ERROR,
    severityText: "ERROR",
    body: "checkout failed",
    attributes: {
      "exception.type": error.name,
      "exception.message": error.message,
      "exception.stacktrace": error.stack,
      "order.id": 42,
    },
  });
}

run({
  span() {
    within({}, asSpan);
  },
  log() {
    within({}, asLog);
  },
  span_json() {
    within({ traceExporter: new OTLPTraceExporter() }, asSpan);
  },
  log_json() {
    const { SimpleLogRecordProcessor } = sdkLogs;
    const logRecordProcessors = [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter() })];
    within({ logRecordProcessors }, asLog);
  },
});
