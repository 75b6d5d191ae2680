"""A search as conditions on issues and events, and the events that it finds."""
