#!/bin/sh
# Starts Arecibo by the Python beside it. -E and -s: what a person has set for their own Python is not for this one.
here=$(readlink -f "$0")
here=${here%/bin/arecibo}
exec "$here/python/bin/@PYTHON@" -E -s "$here/program/main.py" "$@"
