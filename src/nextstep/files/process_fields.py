"""The fields of a process."""

from __future__ import annotations

from nextstep.files.commitment_fields import LOG
from nextstep.files.escalation_fields import ESCALATE
from nextstep.files.fields import (
    Choice,
    DayOnly,
    Field,
    LengthOfTime,
    ListOf,
    MapOf,
    Name,
    Names,
    Nested,
    Prose,
    Record,
    Text,
    TimeRule,
    When,
)
from nextstep.files.step_fields import PROCESS_STEP
from nextstep.model.process import (
    Customer,
    Process,
    Promise,
    Review,
    Roadblock,
    Strength,
)

CUSTOMER = Record(
    name="customer",
    about="For whom the work is done. A bare text is its `who`.",
    make=Customer,
    short="who",
    fields=(
        Field(
            name="who", kind=Text(), about="The customer.", example="key accounts", required=True
        ),
        Field(
            name="kind",
            kind=Choice(("external", "internal")),
            about="Outside the organisation, or inside it.",
            example="external",
        ),
    ),
)

PROMISE = Record(
    name="promise",
    about="What the customer is promised. A bare text is its `text`.",
    make=Promise,
    short="text",
    fields=(
        Field(
            name="text",
            kind=Text(),
            about="The words that the customer hears.",
            example="In your hands five working days before we meet",
            required=True,
        ),
        Field(
            name="due",
            kind=TimeRule(),
            about="The date that keeps it.",
            example="5bd before meeting_date",
            attribute="rule",
        ),
    ),
)

REVIEW = Record(
    name="review",
    about="How often somebody confirms that the process is still right.",
    make=Review,
    fields=(
        Field(name="every", kind=LengthOfTime(), about="How often.", example="6mo"),
        Field(name="last", kind=DayOnly(), about="When it was done last.", example="2026-05-20"),
        Field(name="kind", kind=Text(), about="What is looked at, if several.", example="template"),
    ),
)

STRENGTH = Record(
    name="strength",
    about="How firmly the order is kept. A bare text is its `level`.",
    make=Strength,
    short="level",
    fields=(
        Field(
            name="level",
            kind=Choice(("advise", "enforce")),
            about="`enforce` refuses a step out of order, `advise` warns.",
            example="enforce",
        ),
        Field(
            name="until",
            kind=DayOnly(),
            about="The last day of `enforce`; then it is `advise`.",
            example="2027-03-31",
        ),
    ),
)

ROADBLOCK = Record(
    name="roadblock",
    about="What gets in the way. A bare text is its `what`.",
    make=Roadblock,
    short="what",
    fields=(
        Field(
            name="what",
            kind=Text(),
            about="What happens.",
            example="The product page arrives late",
            required=True,
        ),
        Field(
            name="try",
            kind=Text(),
            about="What has helped.",
            example="Ask ten working days earlier in Q4",
            attribute="try_",
        ),
    ),
)

OWNER = Field(
    name="owner",
    kind=Name("person"),
    about="Who answers for the process and coaches: a person, or a role held by one person.",
    example="ana",
    required=True,
)
DEPUTY = Field(
    name="deputy", kind=Name("person"), about="Who stands in for the owner.", example="sam"
)
CUSTOMER_FIELD = Field(
    name="customer",
    kind=Nested(CUSTOMER),
    about="For whom, outside or inside.",
    example="{who: key accounts, kind: external}",
    required=True,
)
PROVIDES = Field(
    name="provides",
    kind=Text(),
    about="What the customer gets.",
    example="A review document that the customer recognises as their year",
    required=True,
)
EXPECTS = Field(
    name="expects",
    kind=ListOf(Text()),
    about="What the customer will check.",
    example="[the year's figures, what we will change]",
)
PROMISE_FIELD = Field(
    name="promise",
    kind=Nested(PROMISE),
    about="What the customer is promised, and by when.",
    example="{text: In your hands five working days before we meet, due: 5bd before meeting_date}",
)
CYCLE = Field(
    name="cycle",
    kind=Name("input"),
    about="The input from which weeks are counted; by default the start.",
    example="release_date",
)
STRENGTH_FIELD = Field(
    name="strength",
    kind=Nested(STRENGTH),
    about="How firmly the order is kept, and until when.",
    example="{level: enforce, until: 2027-03-31}",
)
WHEN_AT_ALL = Field(
    name="when",
    kind=When(),
    about="The cases it is for: where this does not hold, no step is needed.",
    example="tier == 'enterprise'",
    text_attribute="when_text",
)
BECAUSE = Field(
    name="because",
    kind=MapOf("condition", Prose()),
    about="Why a condition exists, once for each.",
    example="{tier == 'enterprise': An uptime claim once reached a contract}",
)
ROADBLOCKS = Field(
    name="roadblocks",
    kind=ListOf(Nested(ROADBLOCK)),
    about="What gets in the way, and what to try.",
    example="[{what: The product page arrives late, try: Ask ten working days earlier in Q4}]",
)
PROCESS = Record(
    name="process",
    about="A written way of working: what it provides, to whom, who owns it, its steps.",
    make=Process,
    fields=(
        Field(
            name="title",
            kind=Text(),
            about="What people call it.",
            example="Annual customer review",
            required=True,
        ),
        Field(
            name="state",
            kind=Choice(("draft", "active", "retired")),
            about="Where it is in its life.",
            example="active",
        ),
        OWNER,
        DEPUTY,
        CUSTOMER_FIELD,
        PROVIDES,
        EXPECTS,
        PROMISE_FIELD,
        Field(
            name="benefit",
            kind=Text(),
            about="Why the organisation does it.",
            example="Renewals start from agreed facts",
        ),
        Field(
            name="inputs",
            kind=Names("input"),
            about="What a request contains, and facts that become known later.",
            example="[account, meeting_date, tier]",
        ),
        WHEN_AT_ALL,
        Field(
            name="roles",
            kind=Names("role"),
            about="The parts that people play in it.",
            example="[sales-rep, program-administrator, contributor]",
        ),
        Field(
            name="who",
            kind=Names("role"),
            about="Who does the steps that do not say it.",
            example="program-administrator",
        ),
        Field(
            name="order",
            kind=Choice(("given", "free")),
            about="`given`: each step after the last one above that is neither mark nor optional and "
            "does not come again, unless it says `after`; or `free`.",
            example="given",
        ),
        CYCLE,
        Field(
            name="targets",
            kind=MapOf("measure", Text()),
            about="What the process aims at. Of the runs that are over, `on_time` counts those that "
            "kept their promise, `first_time_right` those in which nothing came back and nothing was "
            "accepted with a gap. Any other measure is words.",
            example="{first_time_right: 90%, on_time: 95%}",
        ),
        Field(
            name="review",
            kind=ListOf(Nested(REVIEW)),
            about="How often the owner confirms that it is still right.",
            example="{every: 6mo, last: 2026-05-20}",
            attribute="reviews",
        ),
        STRENGTH_FIELD,
        Field(
            name="training",
            kind=Text(),
            about="The path of what teaches it.",
            example="docs/annual-review-guide.md",
        ),
        BECAUSE,
        Field(
            name="steps",
            kind=ListOf(Nested(PROCESS_STEP)),
            about="The steps, in order.",
            example="\n  - {id: collect, do: Ask for the figures, due: 5bd after start, "
            "done_when: All are in}",
            required=True,
        ),
        ROADBLOCKS,
        ESCALATE,
        Field(
            name="based_on",
            kind=Name("process"),
            about="Makes a variant: what is not written here comes from that process, steps are "
            "matched by id.",
            example="annual-customer-review",
        ),
        Field(
            name="reason",
            kind=Prose(),
            about="Why the variant exists.",
            example="Enterprise contracts need a legal reading",
        ),
        LOG,
    ),
)
