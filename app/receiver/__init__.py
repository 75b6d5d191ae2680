"""The receive path: from the socket to the disk, and back with the answer.

`server` owns the thread, `http_protocol` turns bytes into requests, `ingest` takes reports, `guard` says who
may send, `limits` how much, `group_commit` writes, `refusals` remembers what was turned away, and `pages`
answers everybody who sends no report. **The port takes errors in; nothing comes out of it.**
"""
