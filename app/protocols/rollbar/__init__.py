"""The format of all Rollbar notifiers (docs/protocols.md, sections 3 and 6.2)."""
