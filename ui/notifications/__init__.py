"""Notices in the window: shown on the desktop, and who is told of what, to be changed."""
