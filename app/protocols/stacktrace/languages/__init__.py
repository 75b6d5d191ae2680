"""One module a language: its traces, as its runtime and its loggers print them.

Each has `find`, which reads the trace in the lines of a text, and `SIGN`, a pattern that every text with
such a trace matches, so that most readers never see most texts. A line that `find` does not understand is
skipped and counted (`LocatedTrace.unread`): what called it is still read.
"""
