"""The events of a `log:`: every kind and what it carries."""

from __future__ import annotations

from msgspec import Struct

from nextstep.files.closing_fields import LOOKING_BACK, why
from nextstep.files.fields import (
    Choice,
    Count,
    DueDate,
    EventRef,
    Field,
    Instant,
    ListOf,
    Name,
    Names,
    Prose,
    Text,
)

PERSON = Name("person")


class EventKind(Struct, frozen=True, kw_only=True):
    """One kind of event: its word, what it means, and the fields it may carry."""

    word: str
    about: str
    fields: tuple[Field, ...] = ()


_WHY = why("The reason, in the words of who acted.")
_HOW = Field(name="how", kind=Text(), about="Where it was said.", example="call")
_AGREED_BY = Field(
    name="agreed_by",
    kind=Names("person"),
    about="Who on the other side agreed.",
    example="lena",
)
_GAPS = Field(
    name="gaps",
    kind=ListOf(Text()),
    about="What is known to be missing.",
    example='["the figures for March"]',
)
_VERSION = Field(
    name="version", kind=Text(), about="The blob of the process meant.", example="3f9c2e1b7a64"
)
_TEXT = Field(name="text", kind=Prose(), about="The words.", example='"they asked for a call"')

COMMON = (
    Field(
        name="at",
        kind=Instant(),
        about="When it happened, with the offset from UTC.",
        example="2026-11-12T15:10Z",
        required=True,
    ),
    Field(name="by", kind=PERSON, about="Who acted.", example="dev", required=True),
    Field(name="event", kind=Text(), about="What happened.", example="agreed", required=True),
    Field(name="step", kind=Name("step"), about="In a run, the step.", example="collect/finance"),
    Field(
        name="recorded_by",
        kind=PERSON,
        about="Who wrote it down, when that is somebody else.",
        example="mia",
    ),
)

KINDS = (
    EventKind(word="proposed", about="Put forward, not yet agreed.", fields=(_HOW,)),
    EventKind(word="agreed", about="Agreed by who has it.", fields=(_HOW,)),
    EventKind(
        word="moved",
        about="The date changed.",
        fields=(
            Field(
                name="from",
                kind=DueDate(undated=True),
                about="The date before.",
                example="2026-11-18",
            ),
            Field(
                name="to",
                kind=DueDate(undated=True),
                about="The date from now on.",
                example="2026-11-20",
                required=True,
            ),
            _WHY,
            _AGREED_BY,
        ),
    ),
    EventKind(
        word="changed",
        about="Something else that was agreed changed.",
        fields=(
            Field(
                name="field",
                kind=Text(),
                about="Which: `what`, `outcome`, `who`, `inputs.X` or `people.ROLE`.",
                example="outcome",
                required=True,
            ),
            Field(name="from", kind=Prose(), about="The value before.", example='"a draft"'),
            Field(name="to", kind=Prose(), about="The value from now on.", example='"an offer"'),
            _WHY,
            _AGREED_BY,
        ),
    ),
    EventKind(
        word="offered",
        about="The work, or with `duty` the promise itself, was offered to somebody.",
        fields=(
            Field(name="to", kind=Name("person"), about="The receiver.", example="ana"),
            _GAPS,
            Field(
                name="watch_for",
                kind=Prose(),
                about="What the receiver should look out for.",
                example='"the outage is disputed"',
            ),
            Field(
                name="duty",
                kind=Choice(("true", "false", "owner", "deputy")),
                about="The promise itself is passed on; in a process, which duty.",
                example="true",
            ),
        ),
    ),
    EventKind(
        word="accepted",
        about="The receiver signed for it.",
        fields=(
            Field(
                name="readback",
                kind=Prose(),
                about="What the receiver will do next, and by when.",
                example='"draft to Sue on Wed 25 Nov"',
            ),
            _GAPS,
            Field(
                name="duty",
                kind=Choice(("true", "false", "owner", "deputy")),
                about="Which duty was accepted, in a process.",
                example="owner",
            ),
            Field(
                name="from",
                kind=PERSON,
                about="Who had it, where that is not who offered it; `vacant` for nobody.",
                example="ana",
            ),
        ),
    ),
    EventKind(
        word="returned",
        about="Sent back to the giver, or by the giver: withdrawn.",
        fields=(
            Field(
                name="missing",
                kind=ListOf(Text()),
                about="What was missing.",
                example='["source of every figure"]',
            ),
            Field(
                name="duty",
                kind=Choice(("owner", "deputy")),
                about="Which duty is not taken, in a process.",
                example="deputy",
            ),
            _WHY,
        ),
    ),
    EventKind(
        word="ticked",
        about="One item of a list is there.",
        fields=(
            Field(
                name="item",
                kind=Text(),
                about="The item, as the list words it.",
                example='"the figures"',
                required=True,
            ),
        ),
    ),
    EventKind(
        word="done",
        about="The work exists.",
        fields=(
            Field(name="proof", kind=Text(), about="What shows it.", example='"DHL 4711"'),
            Field(
                name="out_of_order",
                kind=Prose(),
                about="Why it was done before its turn.",
                example='"the customer asked for it first"',
            ),
        ),
    ),
    EventKind(
        word="approved",
        about="One vote for a gate.",
        fields=(
            Field(
                name="content",
                kind=Text(),
                about="The blob that was looked at.",
                example="81aa0c4d9e21",
            ),
        ),
    ),
    EventKind(word="asked", about="The partner asked how it went.", fields=(_HOW,)),
    EventKind(
        word="closed",
        about="Looked back on.",
        fields=LOOKING_BACK,
    ),
    EventKind(
        word="blocked",
        about="Help is needed.",
        fields=(
            _WHY,
            Field(
                name="on",
                kind=Text(),
                about="From whom, or on what it waits.",
                example="raj",
            ),
        ),
    ),
    EventKind(word="unblocked", about="It can go on.", fields=(_WHY,)),
    EventKind(
        word="skipped",
        about="Not needed this time, or a gate or part is waived.",
        fields=(_WHY,),
    ),
    EventKind(
        word="confirmed",
        about="The owner says that the process is still right.",
        fields=(_VERSION, _TEXT),
    ),
    EventKind(
        word="trained",
        about="Somebody has learned the process.",
        fields=(
            Field(name="person", kind=PERSON, about="Who.", example="ines"),
            _VERSION,
        ),
    ),
    EventKind(
        word="feedback",
        about="What the customer said.",
        fields=(
            Field(name="score", kind=Count(), about="As a number.", example="9"),
            Field(name="words", kind=Prose(), about="In words.", example='"clear and early"'),
        ),
    ),
    EventKind(
        word="undone",
        about="An event that no longer counts.",
        fields=(
            Field(
                name="of",
                kind=EventRef(),
                about="The `at` of the event meant; a map with `at`, `by` and `event` where "
                "several share it.",
                example="2026-11-17T09:02Z",
                required=True,
            ),
            _WHY,
        ),
    ),
    EventKind(word="reopened", about="Open again.", fields=(_WHY,)),
    EventKind(word="noted", about="Something worth keeping.", fields=(_TEXT,)),
)
