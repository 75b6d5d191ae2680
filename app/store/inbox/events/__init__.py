"""The rows of events, what came with them, who sent them, and their removal."""
