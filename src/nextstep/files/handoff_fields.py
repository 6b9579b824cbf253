"""The fields of what passes on: lists, what a machine can see of them, hand-offs, a no at a gate."""

from __future__ import annotations

from nextstep.files.fields import (
    Count,
    Field,
    Flag,
    LengthOfTime,
    ListOf,
    Name,
    Names,
    Nested,
    Prose,
    Record,
    Text,
    When,
)
from nextstep.model.conditions import Condition
from nextstep.model.process import Check, Handoff, Item, OnReturn


def _check(condition: Condition | None = None, **said: str) -> Check | None:
    del condition  # its words are kept in ``holds``
    for kind, target in said.items():
        return Check(kind=kind, target=target)
    return None


CHECK = Record(
    name="check",
    about="What a machine can see. No program is run.",
    make=_check,
    fields=(
        Field(
            name="file",
            kind=Text(),
            about="This file exists in the work tree and is not empty; `$NAME` is an input or "
            "`$part`.",
            example="docs/$account/$part.md",
        ),
        Field(
            name="input",
            kind=Name("input"),
            about="This input is known.",
            example="meeting_date",
        ),
        Field(
            name="holds",
            kind=When(),
            about="This condition over the inputs holds.",
            example="seats_in_use >= 80",
            attribute="condition",
            text_attribute="holds",
        ),
    ),
)

ITEM = Record(
    name="item",
    about="One thing of a list. A bare text is its `item`.",
    make=Item,
    short="item",
    fields=(
        Field(
            name="item",
            kind=Text(),
            about="What has to be there.",
            example="source and date of every figure",
            required=True,
        ),
        Field(
            name="critical",
            kind=Flag(),
            about="Nobody can go on without it: where the order is enforced, the step is not done, "
            "offered or approved before its check of inputs holds.",
            example="true",
        ),
        Field(
            name="check",
            kind=Nested(CHECK),
            about="How a machine can see it.",
            example="{file: docs/$account/$part.md}",
        ),
        Field(
            name="when",
            kind=When(),
            about="The condition under which it is asked for.",
            example="tier == 'enterprise'",
            text_attribute="when_text",
        ),
    ),
)

HANDOFF = Record(
    name="handoff",
    about="How the work of a step passes on.",
    make=Handoff,
    fields=(
        Field(
            name="to",
            kind=Name("role"),
            about="Who accepts it; by default who does the next step.",
            example="program-administrator",
        ),
        Field(
            name="tell",
            kind=Names("role"),
            about="Who is told, without signing for it.",
            example="[account-team]",
        ),
        Field(
            name="accept_within",
            kind=LengthOfTime(),
            about="How soon the receiver accepts or returns it.",
            example="1bd",
        ),
        Field(
            name="must_include",
            kind=ListOf(Nested(ITEM)),
            about="What the receiver needs to go on.",
            example="[the figures, source and date of every figure]",
        ),
        Field(
            name="readback",
            kind=Flag(),
            about="The receiver says back what happens next, and by when.",
            example="true",
        ),
        Field(
            name="watch_for",
            kind=Prose(),
            about="What the receiver should look out for.",
            example="the March outage is disputed",
        ),
    ),
)

STOP = "stop"


def _on_return(to: str | None = None, max_rounds: int | None = None) -> OnReturn:
    if to == STOP:
        return OnReturn(max_rounds=max_rounds, stop=True)
    return OnReturn(to=to, max_rounds=max_rounds)


ON_RETURN = Record(
    name="on_return",
    about="What happens when a gate says no. `stop`: a no is final.",
    make=_on_return,
    short="to",
    fields=(
        Field(
            name="to",
            kind=Name("step"),
            about="The step that the work goes back to; by default the steps in `after`.",
            example="compile",
        ),
        Field(
            name="max_rounds",
            kind=Count(1),
            about="How often it may go back before the owner is asked.",
            example="2",
        ),
    ),
)
