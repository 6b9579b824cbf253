"""The fields of a run."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.files.commitment_fields import FOLLOWS, LOG, ORIGIN, PART_OF
from nextstep.files.escalation_fields import ESCALATE
from nextstep.files.fields import (
    DayOnly,
    DueDate,
    Field,
    ListOf,
    MapOf,
    Name,
    Nested,
    Record,
    Text,
)
from nextstep.files.process_fields import (
    BECAUSE,
    CUSTOMER_FIELD,
    CYCLE,
    DEPUTY,
    EXPECTS,
    OWNER,
    PROMISE_FIELD,
    PROVIDES,
    ROADBLOCKS,
    STRENGTH_FIELD,
    WHEN_AT_ALL,
)
from nextstep.files.step_fields import RUN_STEP
from nextstep.model.commitment import Run

STEPS = "steps"

RUN = Record(
    name="run",
    about="A process being carried out once, for somebody. It holds all that it needs.",
    make=Run,
    fields=(
        Field(
            name="process",
            kind=Name("process"),
            about="The process it was started from; without one the run is ad-hoc.",
            example="annual-customer-review",
        ),
        Field(
            name="version",
            kind=Text(),
            about="The blob of the process it was started from.",
            example="3f9c2e1b7a64",
        ),
        Field(
            name="title",
            kind=Text(),
            about="What people call it; an ad-hoc run has to say it.",
            example="Annual customer review",
        ),
        Field(
            name="for",
            kind=Text(),
            about="For whom it is done.",
            example="Globex",
            attribute="for_",
        ),
        Field(
            name="requested_by",
            kind=Name("person"),
            about="Who asked for it.",
            example="lena",
        ),
        Field(name="started", kind=DayOnly(), about="The first day.", example="2026-11-09"),
        ORIGIN,
        PART_OF,
        FOLLOWS,
        replace(OWNER, required=False),
        DEPUTY,
        replace(CUSTOMER_FIELD, required=False),
        replace(PROVIDES, required=False),
        EXPECTS,
        PROMISE_FIELD,
        Field(
            name="promise_due",
            kind=DueDate(),
            about="The date of the promise, written when it is known.",
            example="2026-12-08",
        ),
        CYCLE,
        STRENGTH_FIELD,
        WHEN_AT_ALL,
        Field(
            name="inputs",
            kind=MapOf("input", Text()),
            about="What is known of this case.",
            example="{account: globex, meeting_date: 2026-12-15, tier: standard}",
        ),
        Field(
            name="people",
            kind=MapOf("role", Name("person")),
            about="Who plays which role; `role/part` for a part, `vacant` for nobody yet.",
            example="{program-administrator: ana, contributor/finance: fin, legal: vacant}",
        ),
        BECAUSE,
        Field(
            name=STEPS,
            kind=ListOf(Nested(RUN_STEP)),
            about="The whole plan.",
            example="\n  - {id: collect/finance, do: Write your pages, who: fin, "
            "rule: 5bd after start, due: 2026-11-16}",
            required=True,
        ),
        ROADBLOCKS,
        ESCALATE,
        LOG,
    ),
)
