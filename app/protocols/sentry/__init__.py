"""The Sentry protocol: envelopes, and the legacy store route (docs/protocols.md, section 6.1).

`accept` is the quick look on the receive path. `read` takes a report apart into its items; `repair` and
`schema` bring each event into a known shape, and `event` turns that into the house's own `Event`.
"""
