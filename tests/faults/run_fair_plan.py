"""A process with all that makes a run hard: conditions, blind votes, a final no, dates that follow.

It is told twice: as the file that the program reads, and as the plan that the model goes by.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

OWNER, DEPUTY, RECEIVER, OUTSIDER = "dev", "pat", "bo", "out"
START, FAIR_DAY, OTHER_FAIR_DAY = date(2026, 11, 23), date(2026, 12, 14), date(2026, 12, 17)
DAYS = (START, date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 10), date(2026, 12, 21))
"""The days on which things happen; on the last one each fair is over."""

PEOPLE = ("dev", "pat", "ann", "bo", "cy", "dee", "eve", "fay", "gil", "hal", "out")
SETTINGS = "timezone: UTC\n\npeople:\n" + "".join(
    f"  {one}: {{name: {one.title()} Doe, emails: [{one}@example.org]}}\n" for one in PEOPLE
)
DRAWING, DRAWN = "docs/drawing.md", "f67585421f8737f2a6c4fd8d1aefe7188daffa85"
"""Where the drawing is, and how git names what it holds at first."""

PROCESS = """\
title: Stand at a fair
state: active
owner: dev
deputy: pat
customer: {who: Globex, kind: external}
provides: A stand that is open on the day
expects: [it is open at nine, nothing is left behind]
inputs: [fair_day, size]
roles: [buyer, builder]
strength: {level: LEVEL}
escalate:
  - {after: 3bd, tell: owner}
  - {after: 1bd, past: accept_within, tell: [deputy, builder]}
steps:
  - id: plan
    do: Draw the stand
    who: ann
    due: 2bd after start
    done_when: It is drawn
    items: [the measures, {item: the height, when: size == 'big'}]
    handoff: {to: bo, accept_within: 2bd}
  - id: drawing
    approve: docs/drawing.md
    who: [eve, fay]
    need: any
    after: [plan]
    due: 2bd after plan
  - id: colours
    do: Choose the colours
    who: [cy, dee, eve]
    need: 2
    blind: true
    done_when: Two say yes
    after: [plan]
    due: 3bd after plan
    on_return: {to: plan, max_rounds: 1}
  - id: permit
    do: Ask the town
    who: fay
    when: size == 'big'
    after: [drawing, colours]
    due: 1bd after colours
    done_when: It is allowed
  - id: buy
    do: Buy what is needed
    who: buyer
    after: [permit]
    due: 2bd after permit
    handoff: {to: bo}
    done_when: It is bought
  - id: word
    do: Tell the hall
    who: ann
    optional: true
    after: [drawing]
    due: 4bd after start
    handoff: {tell: [hal], must_include: [the day]}
  - id: go
    do: Say yes or no
    who: [cy]
    need: all
    done_when: Cy has said it
    after: [buy]
    due: 1bd after buy.due
    on_return: stop
  - {id: fair, mark: The fair, due: fair_day}
  - id: build
    do: Build the stand
    who: builder
    not_before: 3bd before fair_day
    after: [go]
    due: 1bd before fair_day
    done_when: It stands
    escalate: [{after: 1bd, tell: [builder, eve, owner]}]
  - id: clear
    do: Take it away
    who: builder
    undoes: build
    after: [fair]
    due: 1bd after fair_day
    done_when: The place is clean
"""


class Rule(Struct, frozen=True):
    """So many working days after (or before) the start, an input, the end or the due of a step."""

    days: int
    anchor: str
    of_due: bool = False


class Limit(Struct, frozen=True):
    """Who is told so many working days after a limit is passed, of one step or of all."""

    after: int
    past: str
    tell: tuple[str, ...]
    of: str = ""


LIMITS = (
    Limit(3, "due", ("owner",)),
    Limit(1, "accept_within", ("deputy", "builder")),
    Limit(1, "due", ("builder", "eve", "owner"), "build"),
)


class Plan(Struct, frozen=True, kw_only=True):
    """A step as it is planned. ``back`` is where a no leads, ``big`` that only a big stand has it.

    ``answer`` is in how many working days who is offered it is to answer.
    """

    kind: str
    who: tuple[str, ...] = ()
    role: str = ""
    after: tuple[str, ...] = ()
    rule: Rule
    need: int = 0
    blind: bool = False
    stop: bool = False
    back: tuple[str, ...] = ()
    rounds: int = 1000
    answer: int | None = None
    optional: bool = False
    big: bool = False
    undoes: str = ""
    not_before: Rule | None = None
    items: tuple[str, ...] = ()


THE_HEIGHT = "the height"
PLAN = {
    "plan": Plan(
        kind="work",
        who=("ann",),
        rule=Rule(2, "start"),
        items=("the measures", THE_HEIGHT),
        answer=2,
    ),
    "drawing": Plan(
        kind="gate",
        who=("eve", "fay"),
        after=("plan",),
        rule=Rule(2, "plan"),
        need=1,
        back=("plan",),
    ),
    "colours": Plan(
        kind="gate",
        who=("cy", "dee", "eve"),
        after=("plan",),
        rule=Rule(3, "plan"),
        need=2,
        blind=True,
        back=("plan",),
        rounds=1,
    ),
    "permit": Plan(
        kind="plain", who=("fay",), after=("drawing", "colours"), rule=Rule(1, "colours"), big=True
    ),
    "buy": Plan(kind="work", who=("gil",), role="buyer", after=("permit",), rule=Rule(2, "permit")),
    "word": Plan(
        kind="told",
        who=("ann",),
        after=("drawing",),
        rule=Rule(4, "start"),
        optional=True,
        items=("the day",),
    ),
    "go": Plan(
        kind="gate",
        who=("cy",),
        after=("buy",),
        rule=Rule(1, "buy", of_due=True),
        need=1,
        stop=True,
    ),
    "fair": Plan(kind="mark", rule=Rule(0, "fair_day")),
    "build": Plan(
        kind="plain",
        who=("hal",),
        role="builder",
        after=("go",),
        rule=Rule(-1, "fair_day"),
        not_before=Rule(-3, "fair_day"),
    ),
    "clear": Plan(
        kind="plain",
        who=("hal",),
        role="builder",
        after=("fair",),
        rule=Rule(1, "fair_day"),
        undoes="build",
    ),
}


def later(id_: str) -> set[str]:
    """Return the steps that come after a step, directly or not."""
    nexts = {name for name, one in PLAN.items() if id_ in one.after}
    return nexts.union(*map(later, nexts))


def working_days(day: date, count: int) -> date:
    """Return the day that lies so many working days after another, or before it."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day
