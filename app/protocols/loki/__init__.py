"""Loki's push: streams of log lines, of which those that report an error are events."""
