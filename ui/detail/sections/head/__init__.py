"""The head of the page: what happened, where, when and how often; and whether a saved fix holds."""
