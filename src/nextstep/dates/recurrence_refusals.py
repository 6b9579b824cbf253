"""What to write instead of words that do not say how often."""

from __future__ import annotations

from typing import NoReturn

from nextstep.dates.names import WEEKDAY_NUMBERS, place_in_row, weekdays_joined
from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.recurrence_rules import PERIODS

FORMS = (
    "write `every friday`, `every weekday`, `every 2 weeks on mon and thu`, "
    "`every month on the 15th`, `every month on the last friday`, `first monday of the quarter`, "
    "`every year on 15 march`, with `for 5 times` or `until 2027-06-30` if it ends, or FREQ=..."
)
_INSTEAD = {
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "quarterly": "every quarter",
    "yearly": "every year",
    "annually": "every year",
    "fortnightly": "every 2 weeks",
}


def refuse_every(words: list[str], text: str) -> NoReturn:
    """Refuse what stands behind ``every`` with the nearest thing that can be written."""
    if words[0] in ("working", "business", "workday", "work"):
        refuse(text, "write `every weekday`; closed days are not left out")
    number = place_in_row(words[0])
    if number and len(words) > 1 and words[1] in WEEKDAY_NUMBERS:
        day = words[1]
        hint = f"write `every {number} weeks on {day}`, or `every month on the {words[0]} {day}`"
        refuse(text, hint)
    refuse(text, FORMS)


def refuse_bare(words: list[str], text: str) -> NoReturn:
    """Refuse words that name no period with the nearest thing that can be written."""
    if words[0] in _INSTEAD:
        refuse(text, f"write `{' '.join([_INSTEAD[words[0]], *words[1:]])}`")
    if words[0] in ("biweekly", "bi-weekly"):
        refuse(text, "write `every 2 weeks`, or two days such as `every mon and thu`")
    days = [word.removesuffix("s") if word not in WEEKDAY_NUMBERS else word for word in words]
    if weekdays_joined(days) or days[0] in PERIODS or days[0] == "weekday":
        refuse(text, f"write `every {' '.join(days)}`")
    refuse(text, FORMS)


def refuse(text: str, hint: str) -> NoReturn:
    """Refuse words with what to write instead."""
    message = f"{shown(text)} does not say how often" if text.strip() else "no rhythm is written"
    raise DateProblem("not-a-recurrence", message, hint)
