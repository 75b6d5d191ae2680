"""Files of this machine that frames name: found, and used only below folders that a person has confirmed.

Paths come from outside, with the event: a file is never read or opened because an event names it.
"""
