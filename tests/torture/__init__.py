"""Faults that a real engine has to survive without losing an error or counting one twice.

`make torture` injects them all for half an hour, with a seed, and prints a table; `test_torture.py` injects a
short form of each. An `Arena` is one data folder with one engine; `Senders` post errors meanwhile and record
which were acknowledged; `comparison` compares that with the store: what is lost, and what is there twice.
"""
