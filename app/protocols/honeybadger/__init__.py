"""Honeybadger's API: the notices of its clients, and the events of their logs.

`accept` finds the project and answers, `read` makes events of notices and counts the rest; `errors` reads the
exceptions and their frames, `event_context` the request and the user, `events` the lines of logs.
"""
