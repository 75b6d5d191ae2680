"""Why a report is not known to be clean."""


class Unsearchable(Exception):
    """Secrets cannot be looked for in a report's body; the text is a sentence for the user."""
