"""A run of a review with a hand-off, a gate and dates that count from a meeting."""

from __future__ import annotations

from tests.commands import Ran, run
from tests.repositories import Made

PATH = "commitments/2026/11/review-7qhd.yaml"
REPORT = "commitments/2026/11/report-k3f9.yaml"
PAPER = "papers/review.md"

REVIEW = """\
title: Yearly review
for: Globex
started: 2026-11-09

owner: mia
deputy: raj
promise: {text: In your hands before we meet, due: 2bd before meeting}
promise_due: 2026-12-11

inputs: {meeting: 2026-12-15, tier: plain}

people: {writer: dev, reader: mia, lawyer: vacant}

steps:
  - id: facts
    do: Collect the figures
    who: dev
    role: writer
    after: []
    rule: 5bd after start
    due: 2026-11-16
    handoff: {to: reader, must_include: [the figures, {item: their source, critical: true}]}

  - id: write
    do: Write the review
    who: dev
    role: writer
    after: [facts]
    rule: 3bd after facts
    items: [names are spelled right, figures are checked]

  - id: approve
    approve: papers/review.md
    who: [mia, raj]
    after: [write]
    need: all
    rule: 5bd before meeting
    due: 2026-12-08

  - id: law
    do: Read every claim
    who: vacant
    role: lawyer
    after: [approve]
    when: tier == 'gold'
    rule: 1bd after approve.due
    due: 2026-12-09

  - id: deliver
    do: Send it
    who: dev
    role: writer
    after: [law]
    rule: 2bd before meeting
    due: 2026-12-11
    keeps_promise: true

  - {id: met, mark: The meeting, after: [], rule: meeting, due: 2026-12-15}
"""

OFFER = """\
log:
  - {at: 2026-11-12T10:00Z, by: dev, event: offered, step: facts}
"""

WRITTEN = """\
log:
  - {at: 2026-11-12T10:00Z, by: dev, event: offered, step: facts}
  - {at: 2026-11-13T10:00Z, by: mia, event: accepted, step: facts}
  - {at: 2026-11-18T10:00Z, by: dev, event: done, step: write}
"""

COMMITMENT = """\
what: Send Globex the usage report

who: dev
with: [lena]
outcome: Globex agrees the credit

due: 2026-11-20

partner: mia
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
"""


def at_desk(made: Made, *words: str, today: str = "2026-11-23T09:00Z") -> Ran:
    """Run a command in a ledger, as dev, at a moment."""
    return run(*words, cwd=made.path, env=made.environ, today=today)
