"""Builds what people install: a wheel, a folder that brings its own Python, and a Debian package of that.

The program in all of them is the wheel's `program/` folder, so there is one list of what belongs to it. The
folder adds the Python that builds it, the packages of requirements.lock as they are in `.venv`, and of Qt
what the window uses. Why it is not frozen into one executable: docs/packaging.md.
"""
