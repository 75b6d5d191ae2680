"""Runs a command, and turns its crashes into events (`main.py run`).

`relay` runs it in the terminal as it was and hears what it prints, `output` cuts errors out of that,
`environment` lets the clients in it find the engine, `reporter` sends, and `engine_start` starts an engine
where none runs. `run` puts them together.
"""
