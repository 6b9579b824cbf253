"""How dates, lengths, time frames and conditions are spelled: the rules NS301 to NS309.

They are found while loading: a value that is no date has no place in the model.
"""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Rule, commitment_example
from nextstep.files.field_examples import GOOD, GOOD_LOG, GOOD_PROCESS, LOGGED, process_with

NO_SUCH_DAY = Rule(
    code="NS301",
    name="date-that-is-no-day",
    severity=Severity.ERROR,
    what="A date is written as one, and the calendar has no such day.",
    why="Nobody can keep a promise for a day that does not come.",
    fix="Write a day that exists.",
    bad=commitment_example("what: Send Lena the offer\noutcome: She decides\ndue: 2026-02-30\n"),
    good=GOOD,
)
NOT_A_DATE = Rule(
    code="NS302",
    name="date-in-another-form",
    severity=Severity.ERROR,
    what="A date is not written as `YYYY-MM-DD`.",
    why="`02/03/2026` is February to some and March to others; a promise must mean one day.",
    fix="Write the year, the month and the day: `2026-11-27`.",
    bad=commitment_example("what: Send Lena the offer\noutcome: She decides\ndue: 27/11/2026\n"),
    good=GOOD,
)
NOT_AN_INSTANT = Rule(
    code="NS303",
    name="instant-in-another-form",
    severity=Severity.ERROR,
    what="The `at` of an event is not a date and a time with an offset.",
    why="Events are put in order by it.",
    fix="Write it as `2026-11-12T15:10Z`.",
    bad=commitment_example(LOGGED + "  - {at: 12 November, by: dev, event: agreed}\n"),
    good=GOOD_LOG,
)
NOT_A_LENGTH = Rule(
    code="NS304",
    name="length-in-another-form",
    severity=Severity.ERROR,
    what="A length of time is not a number and a unit.",
    why="`2 days` can mean working days or calendar days.",
    fix="Write a number and one of `min h d bd w mo y`, such as `3bd` for three working days.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: 2bd after start, done_when: It is there, "
        "grace: a while}\n",
        head="roles: [sales]\n",
    ),
    good=GOOD_PROCESS,
)
NOT_AN_EXPRESSION = Rule(
    code="NS305",
    name="time-frame-in-another-form",
    severity=Severity.ERROR,
    what="A time frame is not one of the forms of the time expression.",
    why="It could not be turned into a date.",
    fix="Write one of the forms of the reference page, such as `5bd before meeting_date`.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: when it suits, done_when: There}\n",
        head="roles: [sales]\n",
    ),
    good=GOOD_PROCESS,
)
NOT_A_CONDITION = Rule(
    code="NS306",
    name="condition-in-another-form",
    severity=Severity.ERROR,
    what="A condition is not written with `== != < <= > >= in and or not` over inputs.",
    why="Whether the step is needed could not be decided.",
    fix="Write it as `tier == 'enterprise'`.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: 2bd after start, done_when: There, "
        "when: tier is large}\n",
        head="roles: [sales]\ninputs: [tier]\n",
    ),
    good=GOOD_PROCESS,
)
NOT_A_RECURRENCE = Rule(
    code="NS307",
    name="recurrence-in-another-form",
    severity=Severity.ERROR,
    what="`repeat` is neither words that are known nor a `FREQ=` rule.",
    why="It could not be said when the next one comes.",
    fix="Write it as `every friday`, `every 2 weeks`, or a rule of RFC 5545.",
    bad=commitment_example(
        "what: Send the summary\noutcome: All know\ndue: 2026-11-27\nrepeat: now and then\n"
    ),
    good=commitment_example(
        "what: Send the summary\noutcome: All know\ndue: 2026-11-27\nrepeat: every friday\n"
    ),
)
HOURS_FROM_A_DAY = Rule(
    code="NS308",
    name="hours-from-a-day",
    severity=Severity.ERROR,
    what="Hours are counted from something that is a day and has no time.",
    why="Nobody knows from when: midnight, or nine in the morning.",
    fix="Say `at` from when, or count in days.",
    bad=process_with(
        "  - {id: write, do: Write it, who: sales, due: 24h after start, done_when: There}\n",
        head="roles: [sales]\n",
    ),
    good=GOOD_PROCESS,
)
UNDATED = Rule(
    code="NS309",
    name="none-as-a-date",
    severity=Severity.ERROR,
    what="The `due` of a commitment is the word `none`.",
    why="A next step without a date is shown as having none agreed; `none` hides that.",
    fix="Write a date or `asap`, or leave `due` out while no date is agreed.",
    bad=commitment_example("what: Send Lena the offer\noutcome: She decides\ndue: none\n"),
    good=GOOD,
)

BY_PROBLEM = {
    "no-day": NO_SUCH_DAY,
    "not-a-date": NOT_A_DATE,
    "not-an-instant": NOT_AN_INSTANT,
    "not-a-length": NOT_A_LENGTH,
    "not-an-expression": NOT_AN_EXPRESSION,
    "not-a-condition": NOT_A_CONDITION,
    "not-a-recurrence": NOT_A_RECURRENCE,
    "hours-from-a-day": HOURS_FROM_A_DAY,
}
"""The rule for each kind of date problem."""

RULES = (
    NO_SUCH_DAY,
    NOT_A_DATE,
    NOT_AN_INSTANT,
    NOT_A_LENGTH,
    NOT_AN_EXPRESSION,
    NOT_A_CONDITION,
    NOT_A_RECURRENCE,
    HOURS_FROM_A_DAY,
    UNDATED,
)
