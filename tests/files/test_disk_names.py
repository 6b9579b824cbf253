"""What is said about the names of files and folders, and the examples of every such rule."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.disk import read_tree
from nextstep.files.disk_rules import RULES, plain_id
from nextstep.files.names import folders_of, name_findings
from tests.repositories import write


def _found(*paths: str) -> list[tuple[str, str, str]]:
    findings = name_findings(paths, folders_of(paths))
    return [(finding.code, finding.path, finding.message) for finding in findings]


@pytest.mark.parametrize(
    "path",
    [
        "nextstep.yaml",
        "processes/annual-customer-review.yaml",
        "commitments/2026/11/globex-usage-report-k3f9.yaml",
        "commitments/2026/11/42.yml",
        "commitments/conference.yaml",
        f"commitments/{'a' * 138}.yaml",
    ],
)
def test_an_ordinary_name_is_fine(path: str) -> None:
    assert _found(path) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("commitments/offer.yaml", "commitments/Offer.yaml"),
        ("commitments/Team/a.yaml", "commitments/team/a.yaml"),
        ("commitments/a.yaml", "commitments/a.YAML"),
        ("commitments/caf\u00e9.yaml", "commitments/cafe\u0301.yaml"),
        ("commitments/CAF\u00c9.yaml", "commitments/cafe\u0301.yaml"),
        ("commitments/stra\u00dfe.yaml", "commitments/strasse.yaml"),
    ],
)
def test_names_that_are_one_on_other_disks_are_told_at_both(one: str, other: str) -> None:
    findings = [f for f in name_findings([one, other], []) if f.code == "NS054"]
    assert [(f.path, f.related[0].path) for f in findings] == [(one, other), (other, one)]


def test_an_id_that_two_files_have_is_told_at_both() -> None:
    paths = ["commitments/2026/10/offer.yaml", "commitments/2026/11/offer.yml", "processes/x.yaml"]
    first, second = name_findings(paths, [])
    assert (first.code, first.path) == ("NS057", paths[0])
    assert first.message == f"the id `offer` is also that of `{paths[1]}`"
    assert (second.path, second.related[0].path) == (paths[1], paths[0])


def test_a_process_and_a_commitment_share_the_ids() -> None:
    assert [code for code, _, _ in _found("processes/a.yaml", "commitments/a.yaml")] == [
        "NS057",
        "NS057",
    ]


def test_the_settings_have_no_id() -> None:
    assert _found("nextstep.yaml", "commitments/nextstep.yaml") == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("CON.yaml", "`CON.yaml` is the name of a device on Windows"),
        ("lpt1.yaml", "`lpt1.yaml` is the name of a device on Windows"),
        ("nul.old.yaml", "`nul.old.yaml` is the name of a device on Windows"),
        ("a:b.yaml", "`:` cannot stand in a name on Windows"),
        ("a\\b.yaml", "`\\` cannot stand in a name on Windows"),
        ("a\nb.yaml", "'\\n' cannot stand in a name on Windows"),
        ("a" * 139 + ".yaml", "the name has 144 bytes, some disks keep only 143"),
        ("\u00e4" * 70 + ".yaml", "the name has 145 bytes, some disks keep only 143"),
    ],
)
def test_a_name_that_does_not_work_everywhere_is_told(name: str, message: str) -> None:
    found = [f for f in _found(f"commitments/{name}") if f[0] == "NS055"]
    assert found == [("NS055", f"commitments/{name}", message)]


@pytest.mark.parametrize("folder", ["aux", "a.", "a ", "a?", "x" * 144])
def test_a_folder_that_does_not_work_everywhere_is_told_once(folder: str) -> None:
    found = _found(f"commitments/{folder}/a.yaml", f"commitments/{folder}/b.yaml")
    assert [(code, path) for code, path, _ in found] == [("NS055", f"commitments/{folder}")]


@pytest.mark.parametrize(
    ("stem", "message"),
    [
        ("Offer to Lena", "the id `Offer to Lena` has more than small letters, digits and `-`"),
        ("a_b", "the id `a_b` has more than small letters, digits and `-`"),
        ("v1.2", "the id `v1.2` has more than small letters, digits and `-`"),
        ("-o", "the id `-o` begins with `-`, as only options do on the command line"),
        ("angebot-f\u00fcr-lena", None),
        ("\u0663", None),
        ("", "the id `` has more than small letters, digits and `-`"),
    ],
)
def test_an_id_that_cannot_simply_be_typed_is_told(stem: str, message: str | None) -> None:
    (found,) = _found(f"commitments/{stem}.yaml")
    assert found[0] == "NS056"
    assert message is None or found[2] == message


def test_a_better_id_is_proposed() -> None:
    assert plain_id("Offer to Lena!") == "offer-to-lena"
    assert plain_id("--x__y--") == "x-y"
    assert plain_id("\u0663") == ""
    (finding,) = name_findings(["commitments/A_b.yaml"], [])
    assert finding.hint == "rename the file to `a-b.yaml`"


def test_folders_are_those_on_the_way_to_a_file() -> None:
    assert folders_of(["nextstep.yaml", "a/b/c.yaml", "a/d.yaml"]) == {"a", "a/b"}


def _codes(folder: Path, example: Example) -> set[str]:
    write(folder, example.files)
    for path, target in example.links.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(target)
    for path in example.locked:
        (folder / path).chmod(0)
    return {finding.code for finding in read_tree(str(folder)).findings}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_examples_of_each_rule_show_it(tmp_path: Path, rule: Rule) -> None:
    if rule.bad.locked and os.geteuid() == 0:
        pytest.skip("nothing is locked for root; the same finding is shown as somebody else")
    assert _codes(tmp_path / "bad", rule.bad) == {rule.code}
    assert _codes(tmp_path / "good", rule.good) == set()


def test_codes_and_names_of_the_rules_differ() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert all("NS050" <= rule.code <= "NS079" for rule in RULES)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=6))
def test_any_names_can_be_judged(names: list[str]) -> None:
    paths = [f"commitments/{name}.yaml" for name in names]
    findings = name_findings(paths, folders_of(paths))
    assert {finding.path for finding in findings} <= set(paths) | folders_of(paths)
    assert all(finding.message and finding.hint for finding in findings)
