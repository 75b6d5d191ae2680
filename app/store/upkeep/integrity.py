"""Checks whether the store's file is intact, and rebuilds its indexes."""

from app.store.search_index import create_again as empty_search_index
from app.store.search_index import rebuild as rebuild_search_index
from app.store.sqlite import CheckGivenUp, build_indexes_again, find_damage

__all__ = (
    "CheckGivenUp",
    "build_indexes_again",
    "empty_search_index",
    "find_damage",
    "rebuild_search_index",
)
