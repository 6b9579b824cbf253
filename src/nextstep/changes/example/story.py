"""What people did to the example beside its logs: files begun, and changed by hand."""

from __future__ import annotations

from nextstep.changes.example.begun import PAPERS, RUNS
from nextstep.changes.example.told import Rewritten, Told, gone, was

_SETTINGS = "nextstep.yaml"
_CALLS = "processes/call-within-24-hours.yaml"
_ACCOUNTS = "processes/new-account.yaml"
_REVIEWS = "processes/annual-customer-review.yaml"
_SALES = "processes/sales-to-success.yaml"
_TOUCH = "processes/quarterly-touch-point.yaml"
_INCIDENTS = "processes/incident-follow-up.yaml"
_INVOICES = "processes/invoicing.yaml"
_LEAVING = "processes/somebody-leaving.yaml"
_COMPLAINTS = "processes/complaint.yaml"
_RELEASE = "processes/release.yaml"
_CLIENTS = "processes/keeping-a-client-informed.yaml"
_TEMPLATES = "processes/templates/"
_GUIDES = "processes/guides/"

FIRST_HALF = (
    Told(
        at="2026-02-02T09:10-05:00",
        by="sam",
        subject="Begin the ledger",
        body="Who we are and when we work. What we promise each other goes into files from now on.",
        new=(_SETTINGS,),
    ),
    Told(
        at="2026-02-09T16:40-05:00",
        by="mia",
        subject="Write down what happens when somebody calls",
        body="Leo, Raj and Ines each told it differently. This is what we agreed on.",
        new=(_CALLS, f"{_GUIDES}taking-a-call.md"),
    ),
    Told(
        at="2026-03-02T11:05-05:00",
        by="sam",
        subject="Write down how we take on a new account",
        new=(_ACCOUNTS, f"{_GUIDES}first-training.md"),
        back={
            _SETTINGS: gone(
                "roles/billing",
                "roles/engineer",
                "roles/sales-leader",
                "roles/sales-rep",
                "roles/success-manager",
            )
        },
    ),
    Told(
        at="2026-03-05T14:20-05:00",
        by="sue",
        subject="Write down the annual customer review",
        body="Each of us did it another way, and sent another document.",
        new=(
            _REVIEWS,
            f"{_TEMPLATES}review.md",
            f"{_GUIDES}review-pages.md",
            f"{_GUIDES}annual-review.md",
        ),
        back={
            _SETTINGS: gone(
                "roles/account-team", "roles/contributor", "roles/program-administrator"
            )
        },
    ),
    Told(
        at="2026-03-16T10:15-04:00",
        by="sue",
        subject="Write down the hand-off from sales to success",
        new=(_SALES, f"{_TEMPLATES}account-page.md"),
    ),
    Told(
        at="2026-04-13T15:00-04:00",
        by="ana",
        subject="Ask contributors once a quarter what has changed",
        body="Two reviews began with pages from the year before.",
        new=(_TOUCH,),
    ),
    Told(
        at="2026-04-30T11:20-04:00",
        by="ana",
        subject="Look back on the first touch-point",
        body="Two days were too few for the pages: they are due a week later from now on.",
        back={
            _TOUCH: (
                *was("review/last", "2026-04-13"),
                *was("steps/0/due", "friday of week 1"),
            )
        },
    ),
    Told(
        at="2026-05-20T15:10Z",
        by="ana",
        back={_REVIEWS: was("review/last", "2026-03-05")},
    ),
    Told(
        at="2026-06-05T17:30-04:00",
        by="fin",
        subject="Let billing read the terms before an account is taken on",
        body="The contract of May names a price that cannot be set up.",
        back={_ACCOUNTS: gone("steps/0/who/0")},
    ),
    Told(
        at="2026-06-08T09:50-04:00",
        by="fin",
        subject="Say what to do about a price that cannot be set up",
        back={_ACCOUNTS: gone("roadblocks/1")},
    ),
    Told(
        at="2026-06-15T13:00-04:00",
        by="raj",
        subject="Write down how we look back on an incident",
        new=(_INCIDENTS,),
    ),
    Told(
        at="2026-06-19T12:10-04:00",
        by="sue",
        subject="Have legal read the claims of a review for an enterprise",
        body="A sentence about uptime has become part of a contract.",
        back={
            _SETTINGS: gone("people/nora", "roles/legal"),
            _REVIEWS: gone("inputs/2", "roles/4", "because", "steps/3", "steps/4/after/0"),
        },
    ),
)
"""From the first file to the summer, in the order in which it happened."""

SECOND_HALF = (
    Told(
        at="2026-07-06T10:00-04:00",
        by="mia",
        subject="Ask product only where product is the cause",
        body="Ines was called eleven times in the second quarter and needed four times.",
        back={
            _CALLS: (
                *was("review/0/last", "2026-02-09"),
                *gone("because", "inputs/3", "steps/3/when"),
            )
        },
    ),
    Told(
        at="2026-07-15T14:00-04:00",
        by="fin",
        subject="Write down how an invoice comes about",
        new=(_INVOICES, f"{_TEMPLATES}invoice.md"),
    ),
    Told(
        at="2026-08-03T09:20-04:00",
        by="sam",
        subject="Write down what happens when somebody leaves",
        body="Pat goes at the end of September. Nobody remembers what we did the last time.",
        new=(_LEAVING, f"{_TEMPLATES}what-is-open.md"),
        back={_SETTINGS: gone("roles/leaver", "roles/office", "roles/successor")},
    ),
    Told(
        at="2026-08-18T16:10-04:00",
        by="leo",
        subject="Write down how a complaint is answered",
        new=(_COMPLAINTS,),
    ),
    Told(
        at="2026-08-24T10:30-04:00",
        by="dev",
        subject="Mia and I ask each other how it went",
        back={_SETTINGS: gone("people/dev/partner", "people/mia/partner")},
    ),
    Told(
        at="2026-09-07T11:00-04:00",
        by="ana",
        subject="Keep to the order of the review until March",
        body="Twice the document was sent before Sue had seen it.",
        back={_REVIEWS: (*was("strength/level", "advise"), *gone("strength/until"))},
    ),
    Told(
        at="2026-09-09T15:40-04:00",
        by="raj",
        subject="Answer sooner after a severe incident",
        back={
            _INCIDENTS: (
                *was("review/last", "2026-06-15"),
                *was(
                    "promise/text",
                    "You read what happened and what we change within five working days",
                ),
                *gone("promise/due/0", "steps/5/due/0"),
            )
        },
    ),
    Told(
        at="2026-09-10T13:30-04:00",
        by="mia",
        subject="Give small accounts the tour in place of three goals",
        back={_SALES: gone("steps/4", "steps/3/when", "because", "inputs/2")},
    ),
    Told(
        at="2026-09-14T10:05-04:00",
        by="mia",
        subject="Say which step keeps the promise",
        back={_SALES: (*gone("steps/0/keeps_promise"), *was("review/last", "2026-03-16"))},
    ),
    Told(
        at="2026-09-16T17:00-04:00",
        by="fin",
        subject="Have Sue look at large invoices",
        body="One went out with the price of last year. Globex noticed.",
        back={_INVOICES: gone("because", "roles/3", "steps/3")},
    ),
    Told(
        at="2026-09-30T17:45-04:00",
        by="sam",
        subject="Pat has left",
        back={_SETTINGS: gone("people/pat/left")},
    ),
    Told(
        at="2026-10-05T12:00-04:00",
        by="mia",
        subject="Write down when the caller was called back",
        body="Agreed with Raj and Ines when we went through it for the quarter.",
        back={_CALLS: (*was("review/0/last", "2026-07-06"), *gone("steps/4/proof"))},
    ),
    Told(
        at="2026-10-12T09:00-04:00",
        by="dev",
        subject="Write down how a version goes out",
        new=(_RELEASE, f"{_TEMPLATES}release-notes.md"),
        back={_SETTINGS: gone("roles/release-manager", "roles/reviewer", "roles/user-advocate")},
    ),
    Told(
        at="2026-10-19T10:40-04:00",
        by="sue",
        subject="Ask two more questions when we look back",
        back={_SETTINGS: gone("coaching")},
    ),
    Told(
        at="2026-10-21T16:40Z",
        by="ana",
        back={
            f"{_TEMPLATES}review.md": (
                Rewritten(
                    "## What was hard\n\n## What we will change, and by when\n",
                    "## What we will change, and by when\n\n## What was hard\n",
                ),
            )
        },
    ),
    Told(
        at="2026-10-30T10:10-04:00",
        by="mia",
        subject="Keep every client informed the same way",
        new=(_CLIENTS, f"{_TEMPLATES}project-report.md"),
    ),
    Told(
        at="2026-11-02T11:30-05:00",
        by="sam",
        subject="Ask for promises made in passing",
        body="Two of Pat's turned up in October.",
        back={
            _LEAVING: (
                *was("review/last", "2026-08-03"),
                *gone("steps/0/handoff/watch_for"),
            )
        },
    ),
    Told(
        at="2026-11-03T09:15-05:00",
        by="ana",
        subject="Say what to do when there is nothing to report",
        back={_CLIENTS: (*was("review/last", "2026-10-30"), *gone("roadblocks/0"))},
    ),
    Told(
        at="2026-11-09T08:50-05:00",
        by="ana",
        subject="I am away over Christmas, and Sam covers",
        back={_SETTINGS: gone("people/ana/away")},
    ),
    Told(
        at="2026-11-16T09:30-05:00",
        by="dev",
        subject="Go through the release process after the first one",
        back={_RELEASE: was("review/last", "2026-10-12")},
    ),
    Told(
        at="2026-11-20T09:05-05:00",
        by="dev",
        subject="Have the notes read aloud by somebody who did not write them",
        body="That is what made them better for 0.1.0.",
        back={_RELEASE: gone("steps/2/items/3")},
    ),
)
"""From the summer to the day of the story, in the order in which it happened."""

STORY = (*FIRST_HALF, *SECOND_HALF, *PAPERS, *RUNS)
"""Everything that the logs do not say."""
