"""Benchmarks: the evidence for the project's claims of speed. Each figure is a ratio of two sides of one run.

A ratio is comparable between fast, slow and busy machines, as long as both sides were measured in turns.
`python -m bench` runs all of them, `python -m bench NAME` one.
"""
