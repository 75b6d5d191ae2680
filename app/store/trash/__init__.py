"""What people delete, and can bring back for a day.

A deleted issue is hidden as a merged one is: its `merged_into` is `schema.IN_TRASH`, so that it is in no
list, search or number. Its keys are put aside: what arrives for one of them makes a new issue, which a
restored one takes in as a merge does, so that nothing is counted twice and the merge can be undone. Its
events stay where they are, and are removed with it when its day is over (`upkeep/empty_trash.py`). A deleted
event is carved into an issue of its own, which is in the trash from the beginning.
"""
