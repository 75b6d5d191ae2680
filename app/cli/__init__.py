"""The command line: a contract that scripts rely on (the table is in docs/command-line.md)."""
