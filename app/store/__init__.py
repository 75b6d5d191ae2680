"""The store: one database that the engine writes, the digest files into and the window reads."""
