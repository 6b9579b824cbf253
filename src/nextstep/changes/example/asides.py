"""What was done on branches while the example grew, and how it came back."""

from __future__ import annotations

from nextstep.changes.example.told import Aside

_NOVEMBER = "commitments/2026/11/"

ASIDES = (
    Aside(
        first="2026-06-05T17:30-04:00",
        merged="2026-06-08T11:20-04:00",
        by="sam",
        paths=("processes/new-account.yaml",),
        number=4,
        branch="terms-with-billing",
        title="Billing reads the terms first",
    ),
    Aside(
        first="2026-06-19T12:10-04:00",
        merged="2026-06-23T10:00-04:00",
        by="ana",
        paths=("nextstep.yaml", "processes/annual-customer-review.yaml"),
        number=5,
        branch="legal-reads-claims",
        title="Legal reads the claims of a review",
    ),
    Aside(
        first="2026-09-10T13:30-04:00",
        merged="2026-09-14T11:00-04:00",
        by="sue",
        paths=("processes/sales-to-success.yaml",),
        number=9,
        branch="small-accounts",
        title="A lighter start for small accounts",
    ),
    Aside(
        first="2026-10-14T18:00Z",
        merged="2026-10-16T19:40Z",
        by="sue",
        paths=("commitments/2026/10/touch-point-q4-x8rb.yaml",),
        number=10,
        branch="wishes-for-q4",
        title="What changes in the reviews of the last quarter",
    ),
    Aside(
        first="2026-10-30T10:10-04:00",
        merged="2026-11-03T10:00-05:00",
        by="ana",
        paths=(
            "processes/keeping-a-client-informed.yaml",
            "processes/templates/project-report.md",
        ),
        number=11,
        branch="informed-clients",
        title="Keep every client informed the same way",
        squash=True,
    ),
    Aside(
        first="2026-11-05T22:30Z",
        merged="2026-11-06T21:40Z",
        by="raj",
        paths=(f"{_NOVEMBER}release-0-1-0-w4ng.yaml",),
        number=12,
        branch="freeze-0.1.0",
        title="Freeze 0.1.0 and write its notes",
        squash=True,
    ),
    Aside(
        first="2026-11-16T19:00Z",
        merged="2026-11-18T21:00Z",
        by="dev",
        paths=(f"{_NOVEMBER}umbrella-single-login-6gkp.yaml",),
        number=13,
        branch="umbrella-login",
        title="One login for Umbrella",
    ),
    Aside(
        first="2026-11-17T13:32Z",
        merged="2026-11-17T14:40Z",
        by="mia",
        paths=(f"{_NOVEMBER}globex-usage-report-k3f9.yaml",),
        number=14,
        branch="globex-report-friday",
        title="The report for Globex comes on Friday",
    ),
    Aside(
        first="2026-11-18T21:00Z",
        merged="2026-11-19T13:30Z",
        by="sue",
        paths=(f"{_NOVEMBER}hooli-contract-fq2v.yaml", f"{_NOVEMBER}hooli-webhooks-m3xs.yaml"),
        number=15,
        branch="visit-to-hooli",
        title="What we agreed at Hooli",
    ),
)
"""In the order in which they began."""
