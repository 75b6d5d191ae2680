"""A person's own code, `listeners.py`, in a process of its own, which can be killed.

`listeners` is what the digest sees: what of the file is called, and what is left out since it hung or died.
`host` owns the process, and kills it in time; `frames` are what the two say to each other. `process` is what
runs there, `person_code` loads the file and calls it, `failure_text` finds the line of it that failed.
`event_changes` are what it changed of an event. Where there is no such file there is no process.
"""
