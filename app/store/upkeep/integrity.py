"""Checks whether the store's file is intact, and rebuilds its indexes."""

from app.store.sqlite import CheckGivenUp, build_indexes_again, find_damage
from app.store.sqlite import empty_index as empty_search_index
from app.store.sqlite import rebuild_index as rebuild_search_index

__all__ = (
    "CheckGivenUp",
    "build_indexes_again",
    "empty_search_index",
    "find_damage",
    "rebuild_search_index",
)
