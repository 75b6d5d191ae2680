"""JavaScript's traces.

`errors` finds them, `calls` reads a line of any engine, by `places` and `opera`, and `node_inspect` the trees
that Node prints, with the source beside them (`printed_source`); `trace_end` says what is no call.
"""
