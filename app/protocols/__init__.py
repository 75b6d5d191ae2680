"""The wire formats: what clients send, turned into events. Pure: bytes in, values out.

`table` lists them all. Each has two sides: `accept`, the quick look on the receive path that finds only what
the answer needs, and `read`, the whole understanding, done later in the digest and again when somebody looks.
"""
