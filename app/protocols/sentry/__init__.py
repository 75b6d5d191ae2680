"""The Sentry protocol: envelopes, and the legacy store route (docs/protocols.md, section 6.1).

`accept` finds the project and the id on the receive path. `read` reads a report's items; `repair` and
`schema` bring each event into a known shape, and `event` turns that into an `Event`.
"""
