"""Correcting the grouping: what can be wished for, its preview on the stored events, and the way back."""
