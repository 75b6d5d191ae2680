"""How often: the counters of issues, and what is read from them."""
