"""The one exception for "cannot do what you asked"; a fault in a file is a Diagnostic instead."""


class NextstepError(Exception):
    """What was asked cannot be done.

    ``message`` says why in one line, ``hint`` what to do about it; ``exit_code`` is 2 unless the
    reason has a code of its own (3 declined, 4 conflict, 73 not committed, 75 busy).
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 2) -> None:
        """Keep the message, the hint and the exit code."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
