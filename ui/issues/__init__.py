"""The list of issues.

`feed.py` asks the store beside the UI thread and hands what changed to `model.py`, which tells the views
exactly that; `ordered.py` keeps the rows in order. `delegate.py` paints a row, `list_view.py` turns gestures
and keys into wishes, and `actions.py` fulfils them, with undo.
"""
