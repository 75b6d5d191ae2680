"""Faults that a real engine has to survive, and the books that are kept about it.

`make torture` drives them all for minutes, with a seed, and prints a table; `test_torture.py` drives a short
form of each. An `Arena` is one data folder with one engine; `Senders` post errors all the while and remember
what was acknowledged; `Books` compare that with the store: what is lost, and what was counted twice.
"""
