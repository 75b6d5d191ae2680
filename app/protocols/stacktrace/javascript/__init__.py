"""JavaScript's traces.

`errors` finds them, `calls` reads a line of any engine, by `places` and `opera`, `node_inspect` the trees that
Node prints, `printed_source` the source beside them; `trace_end` says what is no call.
"""
