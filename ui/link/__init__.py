"""The window's connections: to the engine, the store, background threads and other windows."""
