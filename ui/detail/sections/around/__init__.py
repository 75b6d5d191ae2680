"""What happened around the error: breadcrumbs, the trace, log lines."""
