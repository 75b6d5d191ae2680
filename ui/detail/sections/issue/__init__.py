"""The issue that the event belongs to: its events and how they spread, its timeline, suspects, others like it."""
