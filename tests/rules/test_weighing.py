"""Comments and settings weigh the rules, and nothing is silenced without being seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.diagnostics.diagnostic import Severity
from tests.rules.ledgers import changes, codes, findings, verdict_on, write

PLACE = "commitments/2026/11/offer-k3f9.yaml"
NO_OUTCOME = "what: Send the offer{comment}\ndue: 2026-11-27\n"


def judged(root: Path, text: str, settings: str = "") -> list[str]:
    files = {PLACE: text}
    if settings:
        files["nextstep.yaml"] = settings
    return codes(findings(root, files))


@pytest.mark.parametrize(
    "comment",
    [
        "  # nextstep: ignore[NS401]",
        "  # nextstep: ignore[ns401]",
        "  # nextstep: ignore[no-outcome]",
        "\t# nextstep: ignore[NS401]",
        "  #  nextstep: ignore[ NS401 ]",
        "  # a trial only  # nextstep: ignore[NS401] for now",
    ],
)
def test_a_comment_on_the_line_silences_a_finding(comment: str, tmp_path: Path) -> None:
    write(tmp_path, {PLACE: NO_OUTCOME.format(comment=comment)})
    verdict = verdict_on(tmp_path)
    assert verdict.findings == ()
    assert verdict.ignored == 1


def test_one_comment_may_name_several_rules(tmp_path: Path) -> None:
    text = "what: Send the offer  # nextstep: ignore[NS401, no-date-agreed]\n"
    write(tmp_path, {PLACE: text})
    assert verdict_on(tmp_path).findings == ()
    assert verdict_on(tmp_path).ignored == 2


def test_a_value_of_several_lines_is_silenced_on_its_first_line(tmp_path: Path) -> None:
    text = (
        "what: Send the offer\noutcome: They decide\ndue: 2026-11-27\n"
        "log: # nextstep: ignore[NS408]\n"
        "  - at: 2026-11-20T09:00Z\n    by: dev\n    event: closed\n"
        "    result: kept  # nextstep: ignore[NS408]\n    outcome: >  # nextstep: ignore[NS408]\n"
        "      They said\n      yes\n"
    )
    found = findings(tmp_path, {PLACE: text})
    assert [(one.code, one.span.line if one.span else 0) for one in found] == [
        ("NS216", 4),
        ("NS216", 9),
    ]


def test_a_comment_that_silences_nothing_is_found_at_its_code(tmp_path: Path) -> None:
    text = NO_OUTCOME.format(comment="  # nextstep: ignore[NS401, NS402]")
    (found,) = findings(tmp_path, {PLACE: text})
    assert (found.code, found.message) == ("NS216", "`NS402` finds nothing here")
    assert found.span is not None
    assert text.split("\n")[0][found.span.column - 1 : found.span.end_column - 1] == "NS402"


def test_a_comment_above_the_line_silences_nothing(tmp_path: Path) -> None:
    text = "# nextstep: ignore[NS401]\n" + NO_OUTCOME.format(comment="")
    assert judged(tmp_path, text) == ["NS216", "NS401"]


@pytest.mark.parametrize("listed", ["", "[]", "[NS999]", "[nonsense]"])
def test_a_comment_that_names_no_rule_is_found(listed: str, tmp_path: Path) -> None:
    text = NO_OUTCOME.format(comment=f"  # nextstep: ignore{listed}")
    assert sorted(judged(tmp_path, text)) == ["NS217", "NS401"]


@pytest.mark.parametrize(
    "what",
    [
        '"Read # nextstep: ignore[NS401]"',
        "'Read # nextstep: ignore[NS401]'",
        "Read#nextstep:ignore[NS401]",
        ">\n  Read\n  # nextstep: ignore[NS401]",
    ],
)
def test_a_text_that_looks_like_a_comment_is_none(what: str, tmp_path: Path) -> None:
    assert judged(tmp_path, f"what: {what}\ndue: 2026-11-27\n") == ["NS401"]


def test_a_file_that_cannot_be_read_is_not_silenced(tmp_path: Path) -> None:
    text = "what: *offer  # nextstep: ignore[NS016]\ndue: 2026-11-27\n"
    (found,) = findings(tmp_path, {PLACE: text})
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize("name", ["NS401", "no-outcome"])
@pytest.mark.parametrize("wish", ["error", "warning", "off"])
def test_the_settings_weigh_a_rule_by_its_code_or_name(
    name: str, wish: str, tmp_path: Path
) -> None:
    files = {PLACE: NO_OUTCOME.format(comment=""), "nextstep.yaml": f"rules: {{{name}: {wish}}}\n"}
    found = findings(tmp_path, files)
    assert [one.severity for one in found] == ([] if wish == "off" else [Severity(wish)])


def test_a_rule_that_is_off_makes_no_comment_superfluous(tmp_path: Path) -> None:
    text = NO_OUTCOME.format(comment="  # nextstep: ignore[NS401]")
    assert judged(tmp_path, text, "rules: {NS401: off}\n") == []


def test_a_rule_that_does_not_exist_is_found_in_the_settings(tmp_path: Path) -> None:
    files = {"nextstep.yaml": "rules: {NS401: error, no-outcom: off}\n"}
    (found,) = findings(tmp_path, files)
    assert found.code == "NS217"
    assert "write `no-outcome`" in found.hint


def test_an_error_of_reading_cannot_be_turned_off(tmp_path: Path) -> None:
    files = {"nextstep.yaml": "rules: {alias: off}\n", PLACE: "what: *offer\n"}
    assert sorted(codes(findings(tmp_path, files))) == ["NS016", "NS218"]


@pytest.mark.parametrize(
    "text",
    [
        "what: Send the offer\noutcome: They decide\ndue: 2026-02-30\n",
        "what: Send the offer\noutcome: [They, decide]\ndue: 2026-11-27\n",
        (
            "what: Send the offer\noutcome: They decide\ndue: 2026-02-30\nlog:\n"
            "  - {at: 2026-11-10T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20}\n"
        ),
        (
            "what: Send the offer\noutcome: They decide\ndue: 2026-11-27\nlog:\n"
            "  - {at: 2026-11-10T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-02-30}\n"
        ),
        (
            "what: Send the offer\noutcome: They decide\ndue: 2026-11-27\nlog:\n"
            "  - {at: 2026-11-10T09:00Z, by: dev, event: ofered, to: mia}\n"
            "  - {at: 2026-11-11T09:00Z, by: dev, event: closed, result: kept}\n"
        ),
    ],
)
def test_one_mistake_is_told_once(text: str, tmp_path: Path) -> None:
    """A value that was not understood is not called missing, nor a log judged that lacks an event."""
    assert len(findings(tmp_path, {PLACE: text})) == 1


REASONLESS = (
    "what: Send it\noutcome: They decide\ndue: {}\nlog:\n"
    "  - {{at: 2026-11-12T09:00Z, by: max, event: agreed}}\n"
)


@pytest.mark.parametrize(
    ("before", "now", "weighs"),
    [
        ("", "", {"NS503": "error"}),
        ("", "rules: {NS503: off}\n", {"NS503": "error", "NS519": "warning"}),
        ("", "rules: {deleted-while-open: warning}\n", {"NS503": "error", "NS519": "warning"}),
        ("", "rules: {NS503: off, NS519: off}\n", {"NS503": "error", "NS519": "warning"}),
        ("rules: {NS503: off}\n", "rules: {NS503: off}\n", {}),
        ("rules: {NS503: off}\n", "rules: {NS503: warning}\n", {"NS503": "warning"}),
        ("rules: {NS503: off}\n", "", {"NS503": "error"}),
    ],
)
def test_a_change_does_not_lower_the_rule_that_finds_it(
    before: str, now: str, weighs: dict[str, str]
) -> None:
    """Also the rule that says so cannot be turned off by the same change."""
    was = {"nextstep.yaml": before or "timezone: UTC\n", PLACE: REASONLESS.format("2026-11-27")}
    is_now = {"nextstep.yaml": now or "timezone: UTC\n"}
    found = {one.code: one.severity.value for one in changes(was, is_now)}
    assert {code: found[code] for code in found if code.startswith("NS5")} == weighs


def test_settings_that_are_gone_lower_nothing_that_they_had_raised() -> None:
    was = {
        "nextstep.yaml": "rules: {NS502: error}\n",
        PLACE: REASONLESS.format("2026-11-20"),
    }
    moved = (
        "  - {at: 2026-11-23T09:00Z, by: max, event: moved, from: 2026-11-20, to: 2026-11-27, "
        'why: "they asked"}\n'
    )
    is_now = {PLACE: REASONLESS.format("2026-11-27") + moved}
    found = {one.code: (one.severity.value, one.path) for one in changes(was, is_now)}
    assert found["NS502"] == ("error", PLACE)
    assert found["NS519"] == ("warning", "nextstep.yaml")
