"""The fields of looking back: what the event `closed` says of a promise or a run that is over."""

from __future__ import annotations

from nextstep.files.fields import Choice, Field, MapOf, Names, Prose, Text


def why(about: str) -> Field:
    """Return the field of a reason; ``about`` says of what."""
    return Field(name="why", kind=Prose(), about=about, example='"finance closes on Thursday"')


LOOKING_BACK = (
    Field(
        name="result",
        kind=Choice(("kept", "partly", "missed", "dropped")),
        about="How it went.",
        example="kept",
        required=True,
    ),
    Field(
        name="outcome",
        kind=Prose(),
        about="What came of it.",
        example='"Lena has the report"',
    ),
    why("Why it was dropped."),
    Field(
        name="learned",
        kind=Prose(),
        about="What was learned.",
        example='"ask for their log first"',
    ),
    Field(
        name="change",
        kind=Prose(),
        about="What might change next time.",
        example='"book legal a week earlier"',
    ),
    Field(
        name="expects",
        kind=MapOf("expectation", Text()),
        about="In a run: each expectation of the customer, `met` or what was short.",
        example="{the year's figures: met}",
    ),
    Field(
        name="feedback",
        kind=Prose(),
        about="What the customer said.",
        example='"clear and early"',
    ),
    Field(
        name="next",
        kind=Names("commitment"),
        about="What comes next, because of that.",
        example="[globex-compare-logs-v8hc]",
    ),
    Field(
        name="nothing_further",
        kind=Prose(),
        about="Why nothing comes next.",
        example='"handed to support"',
    ),
)
