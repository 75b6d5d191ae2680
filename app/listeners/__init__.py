"""A person's own code, `listeners.py`, in a process of its own, which can be killed.

`listeners` is the digest's interface: which functions of the file are called, and which are left out since
they hung or died. `host` owns the process, and kills it in time; `frames` is the protocol between the two.
`process` runs there, `person_code` loads the file and calls it, `failure_text` finds the line that failed.
`event_changes` are what the file changed of an event. Without the file there is no process.
"""
