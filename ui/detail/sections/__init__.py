"""The sections of the detail page: each makes rows of one part of an event."""
