"""The arguments of every command: one module a group of commands; `parser` puts them together."""
