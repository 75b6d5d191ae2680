"""The DSN: the one line that a Sentry client needs to find the engine."""


def dsn(url: str, project: str) -> str:
    """A complete Sentry DSN for the engine at `url`: the key names the project.

    Source: https://develop.sentry.dev/sdk/overview/#parsing-the-dsn
    """
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{project}@{rest}/1"
