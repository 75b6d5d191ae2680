"""What `main.py channels check` says of a URL that can be used: the window reads it."""

USABLE = "A service is known for this URL."
