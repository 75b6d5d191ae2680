"""Resolving an issue at the commit that fixes it."""
