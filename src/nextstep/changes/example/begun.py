"""Runs of the example that were started, and papers that were handed over."""

from __future__ import annotations

from nextstep.changes.example.told import Rewritten, Told, gone

_SETTINGS = "nextstep.yaml"
_COMMITMENTS = "commitments/"
_PAPERS = "commitments/papers/"

PAPERS = (
    Told(at="2026-10-30T18:45Z", by="fin", new=(f"{_PAPERS}initech/finance.md",)),
    Told(at="2026-11-02T19:10Z", by="ines", new=(f"{_PAPERS}initech/product.md",)),
    Told(at="2026-11-05T17:30Z", by="raj", new=(f"{_PAPERS}incidents/2026-11-02.md",)),
    Told(at="2026-11-06T20:30Z", by="ana", new=(f"{_PAPERS}initech/review.md",)),
    Told(at="2026-11-12T15:30Z", by="fin", new=(f"{_PAPERS}globex/finance.md",)),
    Told(at="2026-11-13T19:30Z", by="raj", new=(f"{_PAPERS}globex/support.md",)),
    Told(at="2026-11-16T15:05Z", by="ines", new=(f"{_PAPERS}globex/product.md",)),
    Told(at="2026-11-18T14:30Z", by="kim", new=(f"{_PAPERS}umbrella/contract.md",)),
    Told(
        at="2026-11-18T19:41Z",
        by="ana",
        back={
            f"{_PAPERS}initech/review.md": (
                Rewritten(
                    "One price list from 1 January 2027. One person who tells you before a price "
                    "changes: Kim Tran.",
                    "One price list from January.",
                ),
            )
        },
    ),
    Told(
        at="2026-11-19T20:55Z",
        by="ines",
        back={
            f"{_PAPERS}globex/product.md": (
                Rewritten(
                    "| available in October | 99.2 % | monitoring of the Frankfurt site, "
                    "31 Oct 2026 |",
                    "| available | 99.2 % | |",
                ),
                Rewritten("list of the Friday round, 18 Nov 2026", "list of the Friday round"),
            )
        },
    ),
)
"""The papers that were handed over, each with the event that it came with."""

RUNS = (
    Told(
        at="2026-09-01T10:00-04:00",
        by="sam",
        subject="Pat leaves at the end of the month",
        new=(f"{_COMMITMENTS}2026/09/pat-leaves-d4kw.yaml",),
    ),
    Told(
        at="2026-10-01T09:30-04:00",
        by="ana",
        subject="Start the touch-point of the last quarter",
        new=(f"{_COMMITMENTS}2026/10/touch-point-q4-x8rb.yaml",),
    ),
    Told(
        at="2026-10-19T13:10-04:00",
        by="sam",
        subject="Plan the new network in the office",
        body="We have never done it, so there is no process for it.",
        new=(f"{_COMMITMENTS}2026/10/office-network-r4zb.yaml",),
    ),
    Told(
        at="2026-10-26T10:00-04:00",
        by="ana",
        subject="Start the annual review for Initech",
        new=(f"{_COMMITMENTS}2026/10/acr-initech-3vkd.yaml",),
    ),
    Told(
        at="2026-11-02T09:00-05:00",
        by="fin",
        subject="Start the October invoice for Hooli",
        new=(f"{_COMMITMENTS}2026/11/invoice-hooli-october-s2pe.yaml",),
    ),
    Told(
        at="2026-11-02T09:30-05:00",
        by="dev",
        subject="Start the release of 0.1.0",
        new=(f"{_COMMITMENTS}2026/11/release-0-1-0-w4ng.yaml",),
    ),
    Told(
        at="2026-11-02T16:30-05:00",
        by="leo",
        subject="Follow up the login failure of this afternoon",
        new=(f"{_COMMITMENTS}2026/11/login-down-follow-up-g6wm.yaml",),
    ),
    Told(
        at="2026-11-09T10:10-05:00",
        by="ana",
        subject="Start the annual review for Globex",
        body="Lena asked for it. Devika puts it together this year.",
        new=(f"{_COMMITMENTS}2026/11/acr-globex-7qhd.yaml",),
    ),
    Told(
        at="2026-11-10T09:20-05:00",
        by="leo",
        subject="Add Joan Meyer of Hooli",
        back={_SETTINGS: gone("people/joan")},
    ),
    Told(
        at="2026-11-12T20:10Z",
        by="dev",
        back={_SETTINGS: gone("people/tom")},
    ),
    Told(
        at="2026-11-12T15:50-05:00",
        by="leo",
        subject="Soylent complains about double invoices",
        new=(f"{_COMMITMENTS}2026/11/complaint-soylent-v7qa.yaml",),
        back={_SETTINGS: gone("people/greta")},
    ),
    Told(
        at="2026-11-16T11:20-05:00",
        by="mia",
        subject="Start the hand-off of Vandelay to success",
        new=(f"{_COMMITMENTS}2026/11/handoff-vandelay-e5kq.yaml",),
    ),
    Told(
        at="2026-11-16T13:40-05:00",
        by="kim",
        subject="Umbrella has signed",
        new=(f"{_COMMITMENTS}2026/11/new-account-umbrella-p2mx.yaml",),
        back={_SETTINGS: gone("people/oscar")},
    ),
    Told(
        at="2026-11-16T16:00-05:00",
        by="mia",
        subject="Keep Hooli informed about the new messages",
        new=(f"{_COMMITMENTS}2026/11/informed-hooli-r3ty.yaml",),
    ),
    Told(
        at="2026-11-22T16:32-05:00",
        by="leo",
        subject="Nobody at Hooli can log in",
        new=(f"{_COMMITMENTS}2026/11/call-hooli-d6xn.yaml",),
    ),
)
"""Runs that were started, and people outside who came in with them."""
