"""Honeybadger's API: the notices of its clients, and the events of their logs.

`accept` says whose it is and what is answered, `read` makes events of notices and counts the rest; `errors`
has what was raised and where, `surroundings` what was going on around it, `events` the lines of logs.
"""
