"""Benchmarks: what the project's claims of speed stand on. Each figure is a ratio of two sides of one run.

A ratio holds on a fast machine and on a slow one, and on one that is busy with other things, as long as
both sides were measured in turns. `python -m bench` runs all of them, `python -m bench NAME` one.
"""
