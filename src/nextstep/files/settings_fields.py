"""The fields of `nextstep.yaml`."""

from __future__ import annotations

from nextstep.files.fields import (
    Choice,
    DayOnly,
    Field,
    ListOf,
    MapOf,
    Name,
    NamedRecords,
    Names,
    Nested,
    Prose,
    Record,
    Text,
    Weekdays,
)
from nextstep.model.people import Absence, Person, Relation, Role

ABSENCE = Record(
    name="away",
    about="Days on which somebody is away, both included.",
    make=Absence,
    fields=(
        Field(
            name="from",
            kind=DayOnly(),
            about="The first day.",
            example="2026-12-21",
            attribute="first",
            required=True,
        ),
        Field(
            name="to",
            kind=DayOnly(),
            about="The last day.",
            example="2027-01-03",
            attribute="last",
            required=True,
        ),
        Field(name="cover", kind=Name("person"), about="Who covers.", example="sam"),
    ),
)

PERSON = Record(
    name="person",
    about="Somebody who can be named in a file. A bare text is the `name`.",
    make=Person,
    short="name",
    fields=(
        Field(name="name", kind=Text(), about="As people say it.", example="Dev Rao"),
        Field(
            name="emails",
            kind=ListOf(Text()),
            about="The addresses that git knows; the first is for mail.",
            example="[dev@acme.example]",
        ),
        Field(name="team", kind=Text(), about="The team inside.", example="support"),
        Field(name="org", kind=Text(), about="The organisation outside.", example="Globex"),
        Field(
            name="partner",
            kind=Name("person"),
            about="Who asks how it went, unless a commitment says it.",
            example="mia",
        ),
        Field(name="timezone", kind=Text(), about="Where they work.", example="Europe/Berlin"),
        Field(
            name="away",
            kind=ListOf(Nested(ABSENCE)),
            about="When they are away, and who covers.",
            example="[{from: 2026-12-21, to: 2027-01-03, cover: sam}]",
        ),
        Field(name="left", kind=DayOnly(), about="The day they left.", example="2026-09-30"),
    ),
)

RELATION = Record(
    name="works_with",
    about="With whom a role works, for what, when and when not.",
    make=Relation,
    short="who",
    fields=(
        Field(
            name="who", kind=Name("role"), about="The role or team.", example="it", required=True
        ),
        Field(name="person", kind=Name("person"), about="Whom to ask there.", example="raj"),
        Field(name="for", kind=Text(), about="For what.", example="login faults", attribute="for_"),
        Field(name="when", kind=Text(), about="When.", example="after the reset script failed"),
        Field(name="not_when", kind=Text(), about="When not.", example="a password reset"),
    ),
)

ROLE = Record(
    name="role",
    about="A role card: what the role answers for and with whom it works.",
    make=Role,
    fields=(
        Field(
            name="result",
            kind=Text(),
            about="What the role is there for.",
            example="Every caller's issue is resolved within 24 hours",
        ),
        Field(
            name="standard",
            kind=Text(),
            about="How it is to be.",
            example="answered promptly, with a smile",
        ),
        Field(
            name="controls",
            kind=ListOf(Text()),
            about="What it decides alone.",
            example="[answering, logging, small refunds]",
        ),
        Field(
            name="not_for",
            kind=ListOf(Text()),
            about="What it does not answer for, though one might think so.",
            example="[mending what callers report]",
        ),
        Field(
            name="works_with",
            kind=ListOf(Nested(RELATION)),
            about="With whom it works, for what, when and when not.",
            example="[{who: it, person: raj, for: login faults}]",
        ),
        Field(name="people", kind=Names("person"), about="Who holds it.", example="[kim, lou]"),
        Field(
            name="turn",
            kind=Text(),
            about="When the next one has a turn: `each run`, `daily`, `weekly`, `weekly on DAY` (or "
            "`every DAY`), `monthly`. Where other words stand, whoever starts a run is asked.",
            example="weekly on monday",
        ),
    ),
)

HOLIDAYS = Record(
    name="holidays",
    about="Whose public holidays were written into `closed`, and for which days.",
    make=dict,
    fields=(
        Field(
            name="country", kind=Text(), about="As ISO 3166 says it.", example="DE", required=True
        ),
        Field(name="subdivision", kind=Text(), about="A part of it.", example="BY"),
        Field(name="from", kind=DayOnly(), about="The first day known.", example="2026-01-01"),
        Field(name="to", kind=DayOnly(), about="The last day known.", example="2028-12-31"),
    ),
)

CALENDAR = Record(
    name="calendar",
    about="Which days are worked.",
    make=dict,
    fields=(
        Field(
            name="workweek",
            kind=Weekdays(),
            about="The days of the week that are worked.",
            example="[mon, tue, wed, thu, fri]",
        ),
        Field(
            name="closed",
            kind=ListOf(DayOnly()),
            about="Days that are not worked.",
            example="[2026-11-26, 2026-12-25]",
        ),
        Field(
            name="holidays",
            kind=Nested(HOLIDAYS),
            about="Where the closed days come from.",
            example="{country: DE, subdivision: BY, from: 2026-01-01, to: 2028-12-31}",
        ),
    ),
)

SETTINGS = Record(
    name="settings",
    about="People, roles, calendar and rules of a ledger. Everything has a default.",
    make=dict,
    fields=(
        Field(
            name="requires",
            kind=Text(),
            about="The versions of nextstep that can read this ledger.",
            example='">=0.1"',
        ),
        Field(
            name="timezone",
            kind=Text(),
            about="The zone in which days begin and end; by default the machine's.",
            example="Europe/Berlin",
        ),
        Field(
            name="calendar",
            kind=Nested(CALENDAR),
            about="Which days are worked.",
            example="{workweek: [mon, tue, wed, thu, fri], closed: [2026-11-26]}",
        ),
        Field(
            name="people",
            kind=NamedRecords("person", PERSON),
            about="Who can be named; with them, an unknown name is a finding.",
            example="{dev: {name: Dev Rao, emails: [dev@acme.example]}}",
        ),
        Field(
            name="roles",
            kind=NamedRecords("role", ROLE),
            about="The role cards.",
            example="{legal: {result: No claim that we cannot keep, people: [lou]}}",
        ),
        Field(
            name="partner",
            kind=Name("person"),
            about="Who asks how it went, unless a person or a commitment says it.",
            example="mia",
        ),
        Field(
            name="rules",
            kind=MapOf("rule", Choice(("error", "warning", "off"))),
            about="How much a rule weighs here, by its code or name.",
            example="{NS412: off}",
        ),
        Field(
            name="coaching",
            kind=MapOf("kind of commitment", ListOf(Prose())),
            about="Extra questions when a kind of commitment is closed.",
            example="{sales: [What did you learn?]}",
        ),
    ),
)
