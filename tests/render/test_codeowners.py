"""Owners of processes as lines by which a forge asks for their review."""

from __future__ import annotations

from nextstep.render.codeowners import codeowners
from nextstep.reports.parties import Party
from nextstep.reports.process_files import ProcessFile

ANA = Party(id="ana", mail="ana@acme.example")
SAM = Party(id="sam", mail="sam@acme.example")


def _lines(*files: ProcessFile, base: str = "") -> list[str]:
    return codeowners(files, base=base).splitlines()[2:]


def _file(
    owner: Party | None, deputy: Party | None = None, path: str = "processes/release.yaml"
) -> ProcessFile:
    return ProcessFile(process="release", path=path, owner=owner, deputy=deputy)


def test_a_process_is_reviewed_by_its_owner_and_deputy() -> None:
    assert _lines(_file(ANA, SAM)) == ["/processes/release.yaml ana@acme.example sam@acme.example"]


def test_the_path_begins_at_the_root_of_the_repository() -> None:
    assert _lines(_file(ANA, ANA), base="team/ledger/") == [
        "/team/ledger/processes/release.yaml ana@acme.example"
    ]


def test_who_has_no_address_is_said_in_a_comment() -> None:
    assert _lines(_file(ANA, Party(id="raj"))) == [
        "# /processes/release.yaml: raj has no address that a forge can use",
        "/processes/release.yaml ana@acme.example",
    ]
    assert _lines(_file(Party(id="raj"), Party(id="leo"))) == [
        "# /processes/release.yaml: raj and leo have no address that a forge can use"
    ]
    assert _lines(_file(None)) == ["# /processes/release.yaml: nobody answers for it"]


def test_no_word_of_a_file_becomes_a_pattern_or_an_owner() -> None:
    hostile = Party(id="x\n* @evil", mail="a@b.example\n* @evil")
    lines = _lines(_file(hostile), _file(ANA, path="processes/* @evil.yaml"))
    assert len(lines) == 2
    assert all(line.startswith("# ") for line in lines)
