"""The painted page: rows of text laid out, painted, walked by keyboard and selected by mouse."""
