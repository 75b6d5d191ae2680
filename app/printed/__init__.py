"""Finds errors in what programs print: in a terminal, in a pipe, in a log file.

`services` takes the line's service off it, `trace_cutter` cuts the stack traces out of a service's lines.
What a trace says is understood later, by the digest (`app.protocols.printed`).
"""
