"""A row of the list: what it says (`texts`, `badges`), where that stands (`metrics`), and how it is painted.

`delegate` paints a row from a `layout`, which is made once for each issue, width and density. `marks` has the
mark of a level, which other pages paint too.
"""
