"""The rows of a batch and what they change of issues, in one transaction."""
