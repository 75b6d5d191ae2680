"""A person's own code, `listeners.py`, in a process of its own, which can be killed.

`listeners` is the digest's interface: it calls the file's functions, and leaves out those that hung or ended
the process. `host` owns the process, and kills it in time; `frames` is the protocol between the two.
`process` runs there, `person_code` loads the file and calls it, `failure_text` finds the line that failed.
`event_changes` finds and applies what the file changed of an event. Without the file there is no process.
"""
