"""The fields of a step, in a process and in a run."""

from __future__ import annotations

from nextstep.files.escalation_fields import ESCALATE
from nextstep.files.fields import (
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
from nextstep.files.handoff_fields import HANDOFF, ITEM, ON_RETURN
from nextstep.model.process import Step

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
