"""The one exception for "cannot do what you asked"; a fault in a file is a Diagnostic instead."""

from nextstep.diagnostics.exit_codes import CANNOT


class NextstepError(Exception):
    """What was asked cannot be done.

    ``message`` says why in one line, ``hint`` what to do about it. ``exit_code`` is ``CANNOT``
    unless the reason has one of its own among the `exit_codes`.
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = CANNOT) -> None:
        """Keep the message, the hint and the exit code."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
