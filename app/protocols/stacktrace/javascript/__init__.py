"""JavaScript's traces.

`errors` finds them, `calls` reads a line of any engine, `node_inspect` the trees that Node prints.
"""
