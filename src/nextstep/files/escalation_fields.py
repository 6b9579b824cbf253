"""The field that says who is told when something stands still, of a process, a run and a step."""

from __future__ import annotations

from nextstep.files.fields import Choice, Field, LengthOfTime, ListOf, Names, Nested, Record
from nextstep.model.process import Escalation

ESCALATION = Record(
    name="escalate",
    about="When somebody is asked to look, as a question.",
    make=Escalation,
    fields=(
        Field(
            name="after",
            kind=LengthOfTime(),
            about="How long past the limit.",
            example="3bd",
            required=True,
        ),
        Field(
            name="past",
            kind=Choice(("due", "accept_within")),
            about="Which limit.",
            example="accept_within",
        ),
        Field(
            name="tell",
            kind=Names("role"),
            about="Who is asked, by default the owner; the owner, too, for a role that nobody plays.",
            example="[owner, sales-leader]",
        ),
    ),
)

ESCALATE = Field(
    name="escalate",
    kind=ListOf(Nested(ESCALATION)),
    about="When somebody is asked to look.",
    example="[{after: 3bd, past: accept_within, tell: owner}]",
)
