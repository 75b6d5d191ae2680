"""The one exception of the receive path: the request is refused, and the answer says why."""


class Refused(Exception):
    """The request is refused with an HTTP `status`; the text is a sentence for people.

    `offset` is where in the decoded body the fault is. `retry_after` (seconds) means that the cause is ours
    and temporary, `rate_limits` is the value of X-Sentry-Rate-Limits. Unless `is_stored`, it is answered, and
    nobody is told later what was refused.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        offset: int | None = None,
        retry_after: int | None = None,
        rate_limits: str | None = None,
        is_stored: bool = True,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.offset = offset
        self.retry_after = retry_after
        self.rate_limits = rate_limits
        self.is_stored = is_stored

    def detached(self) -> "Refused":
        """The same without traceback and causes, whose frames would hold the refused request in memory."""
        self.__traceback__ = self.__cause__ = self.__context__ = None
        return self
