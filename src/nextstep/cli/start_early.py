"""A plan that cannot be kept is refused as soon as that is known, not after the last question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nextstep.changes.start import Start, faults_so_far
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.process import Process

_TRIED = "tried"


class Possible:
    """What is known of a plan while it is asked for."""

    def __init__(self, session: Session, process: Process, *, because: str | None) -> None:
        """Know nothing yet; ``because`` says why it is started whatever its days are."""
        self._session = session
        self._process = process
        self._because = because

    def see(self, inputs: Mapping[str, str], *, is_all: bool) -> None:
        """Raise NextstepError where these inputs make days that are over, or that collide.

        ``is_all``: they are all there will be.
        """
        if self._because:
            return
        tried = Start(
            id=_TRIED,
            handle=_TRIED,
            process=self._process.id,
            inputs={name: inputs[name] for name in self._process.inputs if inputs.get(name)},
        )
        found = faults_so_far(self._session.ledger, tried, self._session.now, is_all=is_all)
        if found:
            raise cannot_be_kept(found)


def cannot_be_kept(faults: Sequence[str]) -> NextstepError:
    """Return the refusal of a plan with these faults."""
    return NextstepError(
        f"this plan cannot be kept: {'; '.join(faults)}",
        "agree on other days, or say why it is started all the same with --because WHY",
    )
