"""What comes while a person works in the list, and where that person is in it.

`arrivals` holds back what would move the rows, and `pill` says how much that is. `spots` says where one was
in a list, to come back to it. `tools` are the buttons that choose the order and the density of rows.
"""
