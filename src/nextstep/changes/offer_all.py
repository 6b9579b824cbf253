"""All that somebody has is offered to whoever covers: one event for each thing, one commit."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.changes.commit_words import full_name, title_of
from nextstep.changes.concerns import departed
from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.openness import commitment_now, run_now
from nextstep.dates.now import Now
from nextstep.dates.words import counted
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import Process
from nextstep.runs.duties import DUTIES, duty_state
from nextstep.runs.states import CommitmentStage


class AllOf(Struct, frozen=True, kw_only=True):
    """Everything open of a ``person`` is offered ``to`` somebody."""

    person: str
    to: str


class Held(Struct, frozen=True, kw_only=True):
    """One thing that somebody has: the record, its title, and the event that would offer it."""

    id: str
    title: str
    entry: Entry


def held_by(ledger: Ledger, answers: AllOf, now: Now) -> tuple[Held, ...]:
    """Return all that a person has and did not offer to that cover yet."""
    return (
        *_commitments(ledger, answers, now),
        *(one for run in ledger.runs.values() for one in _steps(ledger, run, answers, now)),
        *(
            one
            for process in ledger.processes.values()
            for one in _duties(ledger, process, answers)
        ),
    )


def not_agreed(ledger: Ledger, person: str, now: Now) -> tuple[str, ...]:
    """Return the titles of what is only proposed to somebody: it is theirs to agree to."""
    return tuple(
        one.what
        for one in ledger.commitments.values()
        if one.who == person
        and commitment_now(ledger, one.id, now).stage is CommitmentStage.PROPOSED
    )


def offer_all(ledger: Ledger, answers: AllOf, now: Now) -> Draft:
    """Return what offers everything. Raises NextstepError where there is nothing."""
    held = held_by(ledger, answers, now)
    if not held:
        raise NextstepError(
            f"{answers.person} has nothing that could be offered to {answers.to}",
            f"see nextstep due --who {answers.person}",
        )
    by_record: dict[str, list[Entry]] = {}
    for one in held:
        by_record.setdefault(one.id, []).append(one.entry)
    names = ledger.settings.people
    things = counted(len(held), "thing")
    return Draft(
        told=(
            f"Offered {things} of {answers.person} to {answers.to}:",
            *(f"- {one.title}" for one in held),
            f"Each stays with {answers.person} until {answers.to} accepts it.",
            *departed(ledger.settings, (answers.to,), now.today),
        ),
        then="nextstep undo",
        subject=(
            f"Offer {things} of {full_name(names, answers.person)} to "
            f"{full_name(names, answers.to)}"
        ),
        edits=tuple(Edit(id=id_, entries=tuple(entries)) for id_, entries in by_record.items()),
    )


def _commitments(ledger: Ledger, answers: AllOf, now: Now) -> Iterator[Held]:
    for one in ledger.commitments.values():
        if one.who != answers.person:
            continue
        state = commitment_now(ledger, one.id, now)
        offered = state.offer is not None and answers.to in state.offer.receivers
        if state.stage is CommitmentStage.OPEN and not offered:
            entry = Entry(event="offered", values={"to": answers.to, "duty": "true"})
            yield Held(id=one.id, title=one.what, entry=entry)


def _steps(ledger: Ledger, run: Run, answers: AllOf, now: Now) -> Iterator[Held]:
    state = run_now(ledger, run.id, now)
    for step in state.steps.values() if state.is_live else ():
        offer = step.duty_offer
        offered = offer is not None and answers.to in offer.receivers
        if answers.person in step.who and not step.is_finished and not offered:
            entry = Entry(event="offered", step=step.id, values={"to": answers.to, "duty": "true"})
            yield Held(id=run.id, title=f"{step.id} of {title_of(run)}", entry=entry)


def _duties(ledger: Ledger, process: Process, answers: AllOf) -> Iterator[Held]:
    offers = duty_state(process.log, members=ledger.settings.members).offers
    for duty in DUTIES:
        offered = duty in offers and answers.to in offers[duty].receivers
        if getattr(process, duty) == answers.person and not offered:
            entry = Entry(event="offered", values={"to": answers.to, "duty": duty})
            yield Held(id=process.id, title=f"{duty} of {title_of(process)}", entry=entry)
