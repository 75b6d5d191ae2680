"""The format of all Bugsnag notifiers (docs/protocols.md, sections 3 and 6.3)."""
