"""How much Markdown is copied, in characters."""

DEFAULT_CHARACTERS = 20_000
LEAST_CHARACTERS, MOST_CHARACTERS = 1_000, 500_000
