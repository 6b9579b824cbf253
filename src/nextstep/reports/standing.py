"""Where everything in a ledger stands at one moment: derived once, read by every report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.runs.commitments import commitment_state
from nextstep.runs.duties import DutyState, duty_state
from nextstep.runs.partners import partner_of, usual_partner
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState, StepStage, StepState

RecordT = TypeVar("RecordT")
StateT = TypeVar("StateT")

_MET = frozenset({CommitmentStage.DONE, CommitmentStage.CLOSED})
_ASKED = frozenset({StepStage.READY, StepStage.DONE})


class Standing(Struct, frozen=True, kw_only=True):
    """A ledger with the state of every commitment and run, by id, as of ``now``.

    ``duties`` are what the log of each process comes to.
    """

    ledger: Ledger
    now: Now
    commitments: Mapping[str, CommitmentState]
    runs: Mapping[str, RunState]
    duties: Mapping[str, DutyState]

    def waits_for(self, commitment: Commitment) -> tuple[str, ...]:
        """Return the ids in ``after`` that are neither done nor closed.

        An id that is not in the ledger holds nothing up: it is a finding, and a promise must not
        drop out of sight for a slip of the pen.
        """
        return tuple(name for name in commitment.after if self._is_unmet(name))

    def partner(self, commitment: Commitment) -> str | None:
        """Return who asks how it went: named, else by the settings, else agreed with, else who."""
        state = self.commitments[commitment.id]
        return partner_of(commitment, state, self.ledger.settings)

    def step_partner(self, run: RunState, step: StepState) -> str | None:
        """Return who asks how a step went: the owner of the run, who answers for it.

        Of a step that the owner has, their own partner.
        """
        who = step.who_is_asked
        return (
            run.owner if run.owner not in (None, who) else usual_partner(who, self.ledger.settings)
        )

    def is_to_ask(self, step: StepState) -> bool:
        """Return whether it is time to ask how a step went: its day is here, and nobody asked.

        What is offered waits for whoever takes it over, and has a date of its own.
        """
        due = step.due
        return (
            step.stage in _ASKED
            and step.step.mark is None
            and not step.asked
            and isinstance(due, date)
            and local_day(due, self.ledger.timezone) <= self.now.today
        )

    def _is_unmet(self, name: str) -> bool:
        state = self.commitments.get(name)
        if state is not None:
            return state.stage not in _MET
        run = self.runs.get(name)
        return run is not None and run.is_live


def standing(
    ledger: Ledger, now: Now, *, content: Callable[[str], str | None] | None = None
) -> Standing:
    """Derive the state of every record of a ledger at a moment.

    ``content`` gives the blob of a path of the work tree, to tell what changed after approval.
    """
    calendar = ledger.calendar
    members = ledger.settings.members

    def of_run(run: Run) -> RunState:
        from nextstep.runs.run_states import run_state  # not needed where nothing runs

        return run_state(run, now, calendar, members=members, content=content)

    return Standing(
        ledger=ledger,
        now=now,
        commitments=_States(
            ledger.commitments, lambda one: commitment_state(one, now, calendar, members=members)
        ),
        runs=_States(ledger.runs, of_run),
        duties=_States(ledger.processes, lambda one: duty_state(one.log, members=members)),
    )


class _States(Mapping[str, StateT], Generic[RecordT, StateT]):
    """The states of records by id, each derived when somebody first asks for it."""

    __slots__ = ("_derive", "_known", "_records")

    def __init__(self, records: Mapping[str, RecordT], derive: Callable[[RecordT], StateT]) -> None:
        self._records = records
        self._derive = derive
        self._known: dict[str, StateT] = {}

    def __getitem__(self, name: str) -> StateT:
        state = self._known.get(name)
        if state is None:
            state = self._known[name] = self._derive(self._records[name])
        return state

    def get(self, name: str, default: Any = None) -> Any:
        """Return the state of a record, without the price of an error where there is none."""
        return self[name] if name in self._records else default

    def __contains__(self, name: object) -> bool:
        return name in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)
