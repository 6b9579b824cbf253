"""Short ways to say a commitment, a run and what happened, for the tests of states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from nextstep.dates.conditions import parse_condition
from nextstep.dates.days import parse_instant
from nextstep.dates.expressions import parse
from nextstep.dates.now import Now, now_at, now_on
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.process import Handoff, OnReturn, Step, Strength
from nextstep.model.source import Source
from nextstep.model.time import Length, Rule
from nextstep.runs.commitments import commitment_state
from nextstep.runs.run_states import run_state
from nextstep.runs.states import CommitmentState, RunState

CALENDAR = Calendar(timezone="Europe/Berlin", closed=frozenset({date(2026, 11, 26)}))
TODAY = date(2026, 11, 23)
NOW = now_on(TODAY, CALENDAR.timezone)
FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)
_UNSAID = datetime(1, 1, 1, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> Now:
    return now_at(parse_instant(text), CALENDAR.timezone)


def did(
    by: str, event: str, step: str | None = None, time: str | None = None, **values: Any
) -> Event:
    """An event; ``from_`` stands for ``from``. ``time`` is its instant, else log() gives one."""
    said = {name.rstrip("_"): value for name, value in values.items()}
    return Event(parse_instant(time) if time else _UNSAID, by, event, step, said, 0)


def log(*events: Event) -> tuple[Event, ...]:
    """Events one hour apart from Monday 2 Nov 2026, 09:00 UTC, unless they say when they were."""
    return tuple(
        replace(
            event,
            at=FIRST + timedelta(hours=place) if event.at == _UNSAID else event.at,
            index=place,
        )
        for place, event in enumerate(events)
    )


def commitment(*events: Event, **fields: Any) -> Commitment:
    """A commitment of dev with lena, due Fri 20 Nov 2026, asked about by mia."""
    said: dict[str, Any] = {
        "what": "Send the usage report",
        "who": "dev",
        "with_": ("lena",),
        "partner": "mia",
        "due": day("2026-11-20"),
        **fields,
    }
    return Commitment(id="report", source=Source("report.yaml", b""), log=log(*events), **said)


def commitment_is(*events: Event, now: Now = NOW, **fields: Any) -> CommitmentState:
    return commitment_state(commitment(*events, **fields), now, CALENDAR)


def step(id_: str, who: str = "dev", **fields: Any) -> Step:
    """A step that somebody does; ``rule``, ``when`` and so on are given as they are written."""
    said: dict[str, Any] = {"who": tuple(who.split()), **fields}
    if not {"approve", "mark"} & set(said):
        said.setdefault("do", f"Do {id_}")
    if isinstance(said.get("after"), str):
        said["after"] = tuple(said["after"].split())
    if "when" in said:
        said["when_text"] = said["when"]
        said["when"] = parse_condition(said["when"])
    for name in ("rule", "not_before", "until"):
        if name in said:
            said[name] = rule(said[name])
    if type(said.get("due")) is str:
        said["due"] = day(said["due"])
    return Step(id=id_, **said)


def rule(plain: Any) -> Rule:
    return Rule(str(plain), parse(plain))


def handed(to: str | None = "ana", **fields: Any) -> Handoff:
    return Handoff(to=to, **fields)


def gate(id_: str, who: str = "sue", **fields: Any) -> Step:
    back = fields.pop("on_return", None)
    given = None if back is None else OnReturn(**back)
    return step(id_, who, approve=f"docs/{id_}.md", on_return=given, **fields)


def mark(id_: str, **fields: Any) -> Step:
    return step(id_, "", mark=f"The {id_}", **fields)


def run(*steps: Step, events: tuple[Event, ...] = (), **fields: Any) -> Run:
    """A run of these steps, started Mon 2 Nov 2026, owned by olga, with sam to stand in."""
    said: dict[str, Any] = {
        "title": "Review",
        "process": "review",
        "owner": "olga",
        "deputy": "sam",
        "started": day("2026-11-02"),
        **fields,
    }
    if isinstance(said.get("strength"), str):
        said["strength"] = Strength(level=said["strength"])
    return Run(id="run", source=Source("run.yaml", b""), steps=steps, log=log(*events), **said)


def run_is(*steps: Step, events: tuple[Event, ...] = (), now: Now = NOW, **fields: Any) -> RunState:
    return run_state(run(*steps, events=events, **fields), now, CALENDAR)


def stages(state: RunState) -> Mapping[str, str]:
    return {id_: one.stage.value for id_, one in state.steps.items()}


def length(text: str) -> Length:
    digits = "".join(char for char in text if char.isdigit())
    return Length(int(digits), text[len(digits) :])
