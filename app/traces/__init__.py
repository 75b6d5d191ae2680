"""Traces and logs: what clients send beside their errors, as types, packed for the store, and as a tree.

Adapters read spans and log lines (`model`), the digest packs those of a report (`packing`), and the window
puts the spans of a trace in order (`waterfall`).
"""
