"""Elastic APM's intake, of which the error records are events (docs/protocols.md, section 6.7).

A body is a line of JSON after the other: first what describes the service, then errors, transactions, spans
and metrics. `lines` tells them apart, `rum` gives the short names of browsers their long ones, and `read`
makes events of the errors.
"""
