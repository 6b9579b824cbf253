"""The fields of a step, in a process and in a run."""

from __future__ import annotations

from nextstep.files.escalation_fields import ESCALATE
from nextstep.files.fields import (
    Count,
    DueDate,
    Field,
    Flag,
    LengthOfTime,
    ListOf,
    Name,
    Names,
    Need,
    Nested,
    Prose,
    Record,
    Repeat,
    Text,
    TimeRule,
    When,
)
from nextstep.model.conditions import Condition
from nextstep.model.process import Check, Handoff, Item, OnReturn, Step


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

_WORK = (
    Field(name="id", kind=Name("step id"), about="Its name.", example="collect", required=True),
    Field(
        name="do",
        kind=Text(),
        about="What is done. A step has one of `do`, `approve` and `mark`.",
        example="Write your pages from this year's figures",
    ),
    Field(
        name="approve",
        kind=Text(),
        about="What is approved: a file, whose content the approval then holds for, or words.",
        example="docs/$account/review.md",
    ),
    Field(
        name="mark",
        kind=Text(),
        about="A date that nobody does: never overdue.",
        example="The review meeting",
    ),
    Field(
        name="for_customer",
        kind=Text(),
        about="What the customer reads of this step. Steps without it are not shown to them, but "
        "for marks and the step that keeps the promise.",
        example="We check every figure with our own books",
    ),
    Field(
        name="how",
        kind=Prose(),
        about="The instructions: words, or the path of a page.",
        example="docs/contributor-guide.md",
    ),
    Field(
        name="template",
        kind=Text(),
        about="The path of the template.",
        example="templates/review.md",
    ),
)
_TURN = (
    Field(
        name="with",
        kind=Names("role"),
        about="Who else takes part; `who` stays the one who answers for it.",
        example="[legal]",
        attribute="with_",
    ),
    Field(
        name="after",
        kind=Names("step"),
        about="The steps that are finished first.",
        example="[collect]",
    ),
    Field(
        name="when",
        kind=When(),
        about="The condition under which the step is needed.",
        example="tier == 'enterprise'",
        text_attribute="when_text",
    ),
    Field(
        name="need",
        kind=Need(),
        about="How many of `who` have to approve: `all`, `any` or a number.",
        example="all",
    ),
    Field(
        name="blind",
        kind=Flag(),
        about="Votes stay hidden until all are in; a no has effect only then.",
        example="true",
    ),
    Field(
        name="not_before",
        kind=TimeRule(),
        about="The day before which it does not begin.",
        example="10bd before meeting_date",
    ),
    Field(
        name="undoes",
        kind=Name("step"),
        about="The step that it takes back: a run cannot close while that is done and this not.",
        example="grant-access",
    ),
    Field(
        name="optional",
        kind=Flag(),
        about="Skipping it is not overdue, and it never keeps a run open.",
        example="true",
    ),
    Field(
        name="repeat",
        kind=Repeat(),
        about="How it comes again while the run is open, counted from its date: to finish one time "
        "of it opens the next.",
        example="every friday",
    ),
)
_END = (
    Field(
        name="until",
        kind=TimeRule(),
        about="The end of an interval that begins at `due`, or of what comes again.",
        example="60d after start",
    ),
    Field(
        name="grace",
        kind=LengthOfTime(),
        about="How much later it may be before it is overdue; on time ignores it.",
        example="1bd",
    ),
    Field(
        name="on_return",
        kind=Nested(ON_RETURN),
        about="Where a gate sends the work back to; `stop` makes a no final.",
        example="{to: compile, max_rounds: 2}",
    ),
    Field(
        name="handoff",
        kind=Nested(HANDOFF),
        about="How the work passes on.",
        example="{to: program-administrator, must_include: [the figures]}",
    ),
    Field(
        name="done_when",
        kind=Prose(),
        about="How everybody can see that it is done.",
        example="It builds and nothing is left open",
    ),
    Field(
        name="items",
        kind=ListOf(Nested(ITEM)),
        about="A list to tick off.",
        example="[figures checked against the source, names spelled as the customer does]",
    ),
    Field(
        name="proof",
        kind=Text(),
        about="What `done` has to name.",
        example="tracking number",
    ),
    Field(
        name="critical",
        kind=Flag(),
        about="There is no way back from it.",
        example="true",
    ),
    Field(
        name="keeps_promise",
        kind=Flag(),
        about="Finishing it keeps the promise to the customer.",
        example="true",
    ),
    ESCALATE,
)

PROCESS_STEP = Record(
    name="step",
    about="One part of a process: what is done, by which role, in what time frame, done when.",
    make=Step,
    fields=(
        *_WORK,
        Field(
            name="who",
            kind=Names("role"),
            about="The role that does it; a gate may name several.",
            example="contributor",
        ),
        Field(
            name="each",
            kind=Names("part"),
            about="One part of the step for each of these, with its own person.",
            example="[finance, support, product]",
        ),
        *_TURN,
        Field(
            name="due",
            kind=TimeRule(),
            about="The time frame: a time expression, `asap`, or `none`.",
            example="5bd after start",
            attribute="rule",
        ),
        *_END,
    ),
)

RUN_STEP = Record(
    name="run step",
    about="A step as the run copied it. The id of a part is `step/part`.",
    make=Step,
    fields=(
        *_WORK,
        Field(
            name="who",
            kind=Names("person"),
            about="Who does it: a person, or `vacant`; a gate may name several.",
            example="fin",
        ),
        Field(
            name="role",
            kind=Name("role"),
            about="The role that `who` plays.",
            example="contributor",
        ),
        *_TURN,
        Field(
            name="rule",
            kind=TimeRule(),
            about="Where the date comes from.",
            example="5bd after start",
        ),
        Field(
            name="due",
            kind=DueDate(undated=True),
            about="The date, written when what it hangs on is known.",
            example="2026-11-16",
        ),
        *_END,
    ),
)
