"""Elastic APM's intake, of which the error records are events (docs/protocols.md, section 6.7).

A body is one line of JSON after the other: first the metadata of the service, then errors, transactions,
spans and metrics. `lines` sorts them, `rum` expands the short names of browsers, and `read` makes events of
the errors.
"""
