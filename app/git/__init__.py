"""What git knows about an error: who wrote its lines, which commits are suspects, what a build has in it.

Everything is asked of the `git` command, with arguments and never a shell, within limits of time and size.
Nothing that the repository names is run, and nothing is fetched: see `command.py`.
"""
