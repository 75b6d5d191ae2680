"""Beside and above the list: what occurs in it how often, and when it happened; a click or a drag filters."""
