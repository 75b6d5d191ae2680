"""Corrections of grouping: merge, split and rules over stored events, and their undo."""
