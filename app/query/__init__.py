"""The language of searches: `docs/search.md` is its page for people.

A search is parsed into a tree (`syntax`) that the store turns into conditions; everything here is pure, and
loads nothing: the window parses with every letter. An issue is found when one of its events matches the whole
search; a term about the issue itself, such as `is:muted`, holds for all of its events.
"""
