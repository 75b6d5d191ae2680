"""Issues and events: listed, searched, counted, and acted on.

`lists` reads issues and events a page at a time, `search` says what a search asks of them, `triage` is what
people do to issues. Under them: `issues` and `events` write their rows, `counts` their counters, and
`indexes` finds them.
"""
