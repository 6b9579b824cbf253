"""Whatever lies in the folders of a ledger: no command follows it, waits for it or hides it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import make, state_of, write

GOOD = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-20\n"
PLACE = "commitments/2026/11"


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _file(text: str = GOOD) -> Callable[[Path], None]:
    return lambda path: write(path.parent, {path.name: text})


ODD = {
    # name of the entry, how it is made, the code of what is found, whether it is an error
    "a link to a secret": ("x.yaml", _link("/etc/passwd"), "NS050", True),
    "a link out of the ledger": ("x.yaml", _link("../../../../secret.yaml"), "NS050", True),
    "a link to itself": ("x.yaml", _link("x.yaml"), "NS050", True),
    "a link to endless bytes": ("x.yaml", _link("/dev/zero"), "NS050", True),
    "a link to nothing": ("x.yaml", _link("gone.yaml"), "NS050", True),
    "a link to a folder": ("x", _link("/etc"), "NS050", True),
    "a link to the folder above": ("x", _link(".."), "NS050", True),
    "a pipe": ("x.yaml", os.mkfifo, "NS050", True),
    "a folder with the name of a file": ("x.yaml", Path.mkdir, "NS053", False),
    "a name in capitals": ("GOOD.yaml", _file(), "NS054", True),
    "a second file of the same id": ("old/good.yaml", _file(), "NS057", True),
    "a device of Windows": ("con.yaml", _file(), "NS055", False),
    "a colon": ("a:b.yaml", _file(), "NS055", False),
    "a name that is too long": ("y" * 139 + ".yaml", _file(), "NS055", False),
    "an option": ("-o.yaml", _file(), "NS056", False),
    "a long option": ("--help.yaml", _file(), "NS056", False),
    "a line break": ("a\nb.yaml", _file(), "NS056", False),
    "a tab": ("a\tb.yaml", _file(), "NS056", False),
    "quotes": ("a\"b'c.yaml", _file(), "NS056", False),
    "an escape": ("a\x1b[2J.yaml", _file(), "NS056", False),
    "bytes that are no text": ("a\udcff.yaml", _file(), "NS056", False),
    "another repository": ("x/.git", _file(), "NS052", True),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told_and_hides_nothing(name: str, tmp_path: Path) -> None:
    entry, put, code, is_error = ODD[name]
    ledger = tmp_path / "ledger"
    write(tmp_path, {"secret.yaml": "what: root:x:0:0\n", f"ledger/{PLACE}/good.yaml": GOOD})
    path = ledger / PLACE / entry
    path.parent.mkdir(exist_ok=True)
    put(path)
    before = state_of(tmp_path)
    checked = run("check", "--format", "json", cwd=ledger)
    found = [one for one in json.loads(checked.out)["findings"] if one["code"] == code]
    assert found
    assert {one["severity"] for one in found} == {"error" if is_error else "warning"}
    assert all(one["hint"] for one in found)
    assert checked.code == int(is_error)
    for command in (("due", "--all"), ("list",)):
        listed = run(*command, "--format", "json", cwd=ledger)
        report = json.loads(listed.out)
        assert listed.code == (65 if is_error else 0)
        assert [item["id"] for item in report["items"]].count("good") == 1
        assert bool(report["unread"]) is is_error
        assert "root:x" not in listed.out
    assert state_of(tmp_path) == before


IGNORED = ["x.yaml~", ".#x.yaml", "x.yaml.orig", ".x.yaml.swp", "x.yaml.tmp", "#x.yaml#", "x.md"]
READ = ["a.yaml", "b.yml", "c.YAML"]


def test_leftovers_of_editors_are_no_part_of_the_ledger(tmp_path: Path) -> None:
    write(tmp_path, {f"{PLACE}/{name}": GOOD for name in READ})
    write(tmp_path, {f"{PLACE}/{name}": "what: [\n" for name in IGNORED})
    listed = run("list", "--format", "ids", cwd=tmp_path)
    assert (listed.code, listed.out.split()) == (0, ["a", "b", "c"])


TYPED = {
    "a path upwards": "../../x",
    "a path": "/etc/passwd",
    "a path inside": "commitments/2026/11/offer-k3f9.yaml",
    "a path without its end": "commitments/2026/11/offer-k3f9",
    "nothing": "",
    "a blank": " ",
    "a star": "*",
    "a dot": ".",
    "two dots": "..",
    "what may mean two": "offer",
    "a byte that is no text": "offer-k3f9\udcff",
    "a switch": "--upload-pack=x",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_what_is_typed_is_a_name_and_never_a_path(typed: str, tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": GOOD, f"ledger/{PLACE}/offer-k3f9.yaml": GOOD})
    write(tmp_path / "ledger", {f"{PLACE}/offer-7qhd.yaml": GOOD})
    for words in (["show", "--", typed], ["show", typed]):
        ended = run(*words, cwd=tmp_path / "ledger")
        assert (ended.code, ended.out) == (2, "")
        assert "Send Lena" not in ended.err
        assert ended.err.startswith("nextstep: ")


@pytest.mark.parametrize("typed", ["offer-k3f9", "k3f9", "offer-k"])
def test_what_means_one_thing_is_enough(typed: str, tmp_path: Path) -> None:
    write(tmp_path, {f"{PLACE}/offer-k3f9.yaml": GOOD, f"{PLACE}/offer-7qhd.yaml": GOOD})
    assert "offer-k3f9" in run("show", typed, "--format", "json", cwd=tmp_path).out


REVISIONS = ["--output=stolen", "-x", "HEAD:x", "HEAD..HEAD", "@{u}", "--", "", "a b"]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_is_never_an_option(revision: str, tmp_path: Path) -> None:
    repository = make(tmp_path / "ledger")
    repository.commit({f"{PLACE}/offer-k3f9.yaml": GOOD})
    before = state_of(repository.path)
    for command in (("due",), ("list",), ("check",), ("show", "k3f9")):
        ended = run(*command, f"--as-of={revision}", cwd=repository.path)
        assert (ended.code, ended.out) == (2, ""), command
    assert state_of(repository.path) == before
