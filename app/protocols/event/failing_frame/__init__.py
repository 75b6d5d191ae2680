"""Which frame of an event is the app's own that failed: one answer for the culprit, the row, the page, the
editor, git, and what is shared; and which calls count in the grouping.

In compiled languages the newest call is seldom it. `machinery` is what runtimes, sanitizers and crash
handlers call to raise and report an error, by its `raising_names`; `wrappers` are what clients and compilers
put around the app's calls, `system_libraries` what lies on every machine. `calls` sorts a call by its names
into these, and `choice` picks the frame.
"""
