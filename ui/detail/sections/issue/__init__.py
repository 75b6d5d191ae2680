"""The issue of the event: its events and how they spread, its timeline, suspects, others like it."""
