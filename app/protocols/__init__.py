"""The wire formats: what clients send, turned into events. Pure: bytes in, values out.

`table` lists them all. Each has two functions: `accept`, on the receive path, finds only what the answer
needs; `read` parses everything, later in the digest and again whenever an event is shown.
"""
