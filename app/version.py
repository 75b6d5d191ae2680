"""The version of Arecibo: here and nowhere else. Packages, the man page and `--version` read it."""

VERSION = "0.1.0"
