"""Arecibo as a program of this desktop: its links, its entry in the menu, and its start at login."""
