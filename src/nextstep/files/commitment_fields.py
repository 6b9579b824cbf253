"""The fields of a commitment."""

from __future__ import annotations

from nextstep.files.fields import (
    NAME_LIMIT,
    DueDate,
    Field,
    Log,
    Name,
    Names,
    Prose,
    Record,
    Repeat,
    Text,
)
from nextstep.model.commitment import Commitment

WHAT = "what"

LOG = Field(
    name="log",
    kind=Log(),
    about="What happened, one event a line, oldest first.",
    example="\n  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}",
)
PART_OF = Field(
    name="part_of",
    kind=Text(NAME_LIMIT),
    about="The plan, process or process.step that it belongs to.",
    example="globex-growth",
)
FOLLOWS = Field(
    name="follows",
    kind=Name("commitment"),
    about="The commitment or run that it came out of.",
    example="globex-first-call-2mmx",
)
ORIGIN = Field(
    name="source",
    kind=Text(),
    about="Where it was agreed.",
    example="Globex account review",
    attribute="origin",
)

COMMITMENT = Record(
    name="commitment",
    about="An agreed next step: what, who, with whom, for what outcome, by when.",
    make=Commitment,
    fields=(
        Field(
            name=WHAT,
            kind=Text(),
            about="What is to be done, in the words that were agreed.",
            example="Send Globex the usage report with the March outage explained",
            required=True,
        ),
        Field(
            name="who",
            kind=Name("person"),
            about="Who answers for it: exactly one.",
            example="dev",
        ),
        Field(
            name="with",
            kind=Names("person"),
            about="Whom it was agreed with; nobody makes it a promise to oneself.",
            example="[lena]",
            attribute="with_",
        ),
        Field(
            name="outcome",
            kind=Prose(),
            about="What it is for.",
            example="Globex agrees the credit before the review",
        ),
        Field(
            name="due",
            kind=DueDate(),
            about="By when: a day, an instant in the ledger's zone, or `asap`.",
            example="2026-11-20",
        ),
        Field(
            name="partner",
            kind=Name("person"),
            about="Who asks how it went. By default the person's partner in `nextstep.yaml`, "
            "else the first of `with`, else oneself.",
            example="mia",
        ),
        ORIGIN,
        PART_OF,
        Field(
            name="after",
            kind=Names("commitment"),
            about="What has to be done first.",
            example="[globex-outage-facts-7qhd]",
        ),
        FOLLOWS,
        Field(
            name="repeat",
            kind=Repeat(),
            about="How it comes again: closing it opens the next one.",
            example="every friday",
        ),
        LOG,
    ),
)
