"""The exit codes of the commands: part of the contract in docs/command-line.md."""

DONE = 0
FAILED = 1
USAGE_ERROR = 2
ENVIRONMENT_ERROR = 3
