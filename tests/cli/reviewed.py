"""Two versions of a small ledger, between which something of every kind was done."""

from __future__ import annotations

from collections.abc import Mapping

_SETTINGS = """\
timezone: Europe/Berlin
calendar: {closed: [2026-12-24]}
people:
  ana: {name: Ana Costa, emails: [ana@acme.example]}
  dev: {emails: [dev@acme.example]}
  leo: {emails: [leo@acme.example]}
  mia: {emails: [mia@acme.example]}
  sam: {emails: [sam@acme.example]}
  lena: {org: Globex}
"""
_REPORT = """\
what: Send Globex the usage report

who: dev
with: [lena]
outcome: Globex agrees the credit before the review

due: DUE

log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
  - {at: 2026-11-13T09:00Z, by: dev, event: moved, from: 2026-11-17, to: 2026-11-18, why: "the figures came late"}
  - {at: 2026-11-16T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: "finance closes on Thursday"}
"""
_ACCESS = """\
what: Give Umbrella access
who: mia
with: [leo]
outcome: All four people can log in
due: 2026-11-20
log:
  - {at: 2026-11-12T15:10Z, by: mia, event: agreed, how: call}
"""
_VENUE = """\
what: Pick the venue
who: sam
with: [dev]
outcome: Everybody can book a train
due: 2026-11-27
log:
  - {at: 2026-11-10T08:00Z, by: sam, event: agreed, how: mail}
"""
_CREDIT = """\
what: Write the credit note
who: leo
outcome: The next invoice needs no letter
due: 2026-12-02
"""
_TRAINING = """\
what: Write the training
who: leo
outcome: The export is found without asking
due: 2026-12-09
log:
  - {at: 2026-11-10T08:00Z, by: leo, event: agreed, how: "on a call"}
"""
_PROCESS = """\
title: Annual review
state: active
owner: ana
deputy: sam
customer: {who: key accounts, kind: external}
provides: A document that the customer recognises
expects: [the year's figures]
promise: {text: Five working days before we meet, due: 5bd before meeting_date}
inputs: [meeting_date]
roles: [contributor, administrator]
who: administrator
strength: {level: enforce, until: 2027-03-31}
steps:
  - id: collect
    do: Write your pages
    who: contributor
    due: 5bd after start
    handoff:
      to: administrator
      must_include: [the figures, source and date of every figure, what was hard]
  - id: compile
    do: Build the document
    due: 3bd after collect
    done_when: No page is open
  - id: legal
    do: Read every claim
    due: 2bd after compile
    done_when: Legal has agreed
  - id: deliver
    do: Put it in their hands
    due: 5bd before meeting_date
    done_when: The customer has it
    keeps_promise: true
"""
_RUN = """\
process: annual-review
title: Annual review
for: Globex
requested_by: lena
owner: ana
started: 2026-11-09
provides: A document that the customer recognises
promise: {text: Five working days before we meet, due: 5bd before meeting_date}
promise_due: 2026-12-08
inputs: {meeting_date: 2026-12-15}
people: {contributor: dev, administrator: leo}
steps:
  - id: collect
    do: Write your pages
    who: dev
    role: contributor
    after: []
    rule: 5bd after start
    due: 2026-11-16
    handoff: {to: administrator, must_include: [the figures]}
  - id: compile
    do: Build the document
    who: leo
    role: administrator
    after: [collect]
    rule: 3bd after collect
    due: COMPILE
    done_when: No page is open
  - id: deliver
    do: Put it in their hands
    who: leo
    role: administrator
    after: [compile]
    rule: 5bd before meeting_date
    due: 2026-12-08
    done_when: The customer has it
    keeps_promise: true
log:
  - {at: 2026-11-16T09:00Z, by: dev, event: offered, step: collect, to: leo}
"""
_MOVED = """\
  - {at: 2026-11-23T09:00Z, by: dev, event: moved, from: 2026-11-20, to: 2026-12-02, agreed_by: lena}
"""
_CLOSED = """\
  - {at: 2026-11-20T12:00Z, by: mia, event: closed, result: kept, outcome: "All four people can log in", nothing_further: "handed to support"}
"""
_OFFERED = """\
  - {at: 2026-11-20T12:00Z, by: leo, event: offered, to: mia, gaps: [pictures]}
  - {at: 2026-11-20T13:00Z, by: mia, event: accepted, readback: "With pictures by Wednesday"}
"""
_RUN_LOG = """\
  - {at: 2026-11-20T09:00Z, by: leo, event: accepted, step: collect, gaps: [the figures]}
  - {at: 2026-11-20T09:05Z, by: leo, event: moved, step: compile, from: 2026-11-25, to: 2026-12-10, why: "one page is open"}
"""
_NEW = """\
what: Raj and Lena compare logs
who: dev
with: [lena]
outcome: Both know which hours count
due: 2026-11-25
follows: usage-report-k3f9
log:
  - {at: 2026-11-23T09:05Z, by: mia, event: proposed}
"""
REPORT = "commitments/2026/11/usage-report-k3f9.yaml"
CREDIT = "commitments/2026/11/credit-note-h6ra.yaml"
VENUE = "commitments/2026/11/venue-c4vn.yaml"

BEFORE: Mapping[str, str] = {
    "nextstep.yaml": _SETTINGS,
    REPORT: _REPORT.replace("DUE", "2026-11-20"),
    "commitments/2026/11/umbrella-access-p2mx.yaml": _ACCESS,
    VENUE: _VENUE,
    CREDIT: _CREDIT,
    "commitments/2026/11/training-b7yq.yaml": _TRAINING,
    "commitments/2026/11/review-globex-7qhd.yaml": _RUN.replace("COMPILE", "2026-11-25"),
    "processes/annual-review.yaml": _PROCESS,
}
"""The files before."""

AFTER: Mapping[str, str | None] = {
    "nextstep.yaml": _SETTINGS.replace("[2026-12-24]", "[2026-12-24, 2026-12-31]")
    + "rules: {NS402: off}\n",
    REPORT: _REPORT.replace("DUE", "2026-12-02") + _MOVED,
    "commitments/2026/11/umbrella-access-p2mx.yaml": _ACCESS + _CLOSED,
    VENUE: None,
    CREDIT: _CREDIT.replace("2026-12-02", "2026-12-21"),
    "commitments/2026/11/training-b7yq.yaml": _TRAINING.replace(
        "who: leo", "who: mia\nwith: [leo]"
    ).replace('"on a call"', "mail")
    + _OFFERED,
    "commitments/2026/11/review-globex-7qhd.yaml": _RUN.replace("COMPILE", "2026-12-10") + _RUN_LOG,
    "commitments/2026/11/compare-logs-v8hc.yaml": _NEW,
    "processes/annual-review.yaml": _PROCESS.replace("source and date of every figure, ", "")
    .replace("3bd after collect", "4bd after collect")
    .replace("level: enforce", "level: advise")
    .replace(
        "  - id: legal\n    do: Read every claim\n    due: 2bd after compile\n    done_when: Legal has agreed",
        "  - id: proofread\n    do: Have it read aloud\n    due: 1bd after compile\n    done_when: Nobody stumbled",
    ),
}
"""The files after; None for one that is gone."""
