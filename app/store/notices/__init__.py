"""Notices: the channels they go to, the rules that decide on them, and the outbox they wait in.

`channels`, `notification_rules` and `outbox` each own the table of their name. `due_notices` (what is to be
sent now) and `notice_list` (what a list shows) only read.
"""
