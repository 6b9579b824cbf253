"""A review in each format of `nextstep review`."""

from __future__ import annotations

from nextstep.reports.review import Review

FORMATS = ("text", "markdown", "json")


def review_json(review: Review) -> str:
    """Return a `nextstep.review/1` document."""
    from nextstep.render.findings_json import finding_json
    from nextstep.render.json import document, plain

    findings = [finding_json(one) for one in review.findings]
    return document("nextstep.review/1", {**plain(review), "findings": findings})
