"""What an audit says of a merge that left something out, and of a line with another time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from nextstep.model.calendar import Calendar
from nextstep.render.audit_sayings import file_says, git_says, question
from nextstep.render.row_words import Speech
from nextstep.reports.audit_findings import FILE, Disagreement, FieldChange, Kind, Signer

PATH = "commitments/2026/11/offer-k3f9.yaml"
DEV = Signer(
    name="Dev",
    email="dev@example.org",
    label="",
    person="dev",
    at=datetime(2026, 11, 12, 10, tzinfo=UTC),
)
SPEECH = Speech(today=date(2026, 11, 23), calendar=Calendar(timezone="UTC"), reader=None, you=False)


def found(kind: Kind, *changes: FieldChange) -> Disagreement:
    return Disagreement(
        kind=kind,
        commit="e7fe0c5".ljust(40, "0"),
        author=DEV,
        committer=DEV,
        how="dropped by a merge" if kind is Kind.DROPPED else "commit",
        record="commitment",
        id="offer-k3f9",
        handle="k3f9",
        what="Send Lena the offer",
        path=PATH,
        changes=changes,
    )


@pytest.mark.parametrize(
    ("change", "file", "git", "ask"),
    [
        (
            FieldChange(FILE, PATH, None),
            "was there on one side",
            "the merge left the file out: commit e7fe0c5 by dev, Thu 12 Nov 10:00",
            (
                f"was that meant? git show -m e7fe0c5 -- {PATH}; "
                "the side that has the file can give it back"
            ),
        ),
        (
            FieldChange(FILE, None, PATH),
            "was deleted on one side",
            "the merge kept the file: commit e7fe0c5 by dev, Thu 12 Nov 10:00",
            f"should it stay? git show -m e7fe0c5 -- {PATH}; drop closes what nobody wants",
        ),
        (
            FieldChange("due", "2026-11-25", "2026-11-20"),
            "on one side: due is 2026-11-25",
            "gone since commit e7fe0c5 by dev, Thu 12 Nov 10:00",
            f"was that meant? git show -m e7fe0c5 -- {PATH}; what still holds can be recorded again",
        ),
    ],
)
def test_what_a_merge_did_to_a_file_is_said(
    change: FieldChange, file: str, git: str, ask: str
) -> None:
    one = found(Kind.DROPPED, change)
    assert (file_says(one, SPEECH), git_says(one, SPEECH), question(one)) == (file, git, ask)


def test_of_a_file_that_a_merge_kept_what_else_was_dropped_is_said_too() -> None:
    one = found(Kind.DROPPED, FieldChange(FILE, None, PATH), FieldChange("due", "asap", None))
    assert file_says(one, SPEECH) == "was deleted on one side; on one side: due is asap"


@pytest.mark.parametrize(
    ("field", "ask"),
    [
        (field, f"was it agreed? nextstep note k3f9 says why{more}")
        for fields, more in (
            (("due", "who", "steps.compile.due"), ", and nextstep fmt --record writes the event"),
            (("what", "outcome", "steps.compile.who"), ""),
        )
        for field in fields
    ],
)
def test_the_event_of_a_commit_without_one_is_written_by_fmt_where_it_can(
    field: str, ask: str
) -> None:
    assert question(found(Kind.UNRECORDED, FieldChange(field, "a", "b"))) == ask


def test_another_time_of_a_line_is_a_time_of_the_ledgers_zone() -> None:
    change = FieldChange("at", "2026-11-17T09:02:00.000Z", "2026-11-17T13:32:00.000Z")
    assert git_says(found(Kind.REWRITTEN, change), SPEECH) == (
        "its time became Tue 17 Nov 13:32, before it was Tue 17 Nov 09:02, "
        "in commit e7fe0c5 by dev, Thu 12 Nov 10:00"
    )


def test_a_change_that_was_changed_back_needs_no_event() -> None:
    change = FieldChange("due", "2026-11-20", "2026-11-25")
    there = msgspec.structs.replace(found(Kind.UNRECORDED, change), again="7f5bcca".ljust(40, "0"))
    assert git_says(there, SPEECH) == (
        "due became 2026-11-25, before it was 2026-11-20, in commit e7fe0c5 by dev, "
        "Thu 12 Nov 10:00, as before since 7f5bcca"
    )
    back = msgspec.structs.replace(there, again=there.commit)
    assert git_says(back, SPEECH).endswith("in commit e7fe0c5 by dev, Thu 12 Nov 10:00")
    for one in (there, back):
        assert question(one) == (
            "what was it about? it is as before: nextstep note k3f9 can say why"
        )
