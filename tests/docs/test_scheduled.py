"""What a machine runs at an hour does what the page says, with the environment that it has there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.scheduled import FILES, Machine, crontab

VARIABLES, LINES = crontab()
FIRST, MAILED, EVERYBODY, LATE = LINES
TOKEN = {"DIGEST_TOKEN": "t", "CI_API_V4_URL": "https://x.example", "CI_PROJECT_ID": "7"}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("busy"), "ana", "dev")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("quiet"))


def by_cron(machine: Machine, line: str) -> tuple[int, str, str]:
    return machine.run(line, PATH=VARIABLES["PATH"])


def test_the_first_line_prints_the_week_and_nothing_in_a_quiet_one(
    busy: Machine, quiet: Machine
) -> None:
    code, out, err = by_cron(busy, FIRST)
    assert (code, err) == (0, "")
    assert out.startswith("Week 47 · ana · 1 needs you")
    assert by_cron(quiet, FIRST) == (0, "", "")


def test_no_line_has_a_sign_that_cron_takes_for_its_own() -> None:
    assert not [line for line in LINES if "%" in line]


def test_a_mail_goes_to_the_address_in_the_ledger(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "ana")
    assert by_cron(machine, MAILED) == (0, "", "")
    (mail,) = machine.sent()
    assert (mail["From"], mail["To"]) == ("digest@acme.example", "ana@acme.example")


def test_everybody_of_ours_has_a_mail_and_nothing_is_said(busy: Machine, quiet: Machine) -> None:
    assert by_cron(busy, EVERYBODY) == (0, "", "")
    assert [mail["To"] for mail in busy.sent()] == ["ana@acme.example", "dev@acme.example"]
    assert by_cron(quiet, EVERYBODY) == (0, "", "")
    assert quiet.sent() == []


def test_what_goes_wrong_is_said_and_the_others_have_their_mail(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "ana", "dev")
    settings = machine.ledger / "nextstep.yaml"
    settings.write_text(settings.read_text().replace("emails: [dev@acme.example], ", ""))
    shutil.rmtree(tmp_path / "origin")
    code, out, err = by_cron(machine, EVERYBODY)
    assert (code, out) == (1, "")
    assert "origin" in err
    assert "no address is known for dev" in err
    assert [mail["To"] for mail in machine.sent()] == ["ana@acme.example"]


def test_what_is_late_is_printed_and_nothing_else(busy: Machine, quiet: Machine) -> None:
    code, out, err = by_cron(busy, LATE)
    assert (code, err) == (0, "")
    assert "Call Tom" in out
    assert by_cron(quiet, LATE) == (0, "", "")


def test_the_service_runs_the_script_with_a_path_like_that_of_cron() -> None:
    text = (FILES / "nextstep-digest.service").read_text("utf-8")
    command = EVERYBODY.replace("sh ", "/bin/sh ", 1)
    assert f"\nExecStart={command}\n" in text
    assert f"\nEnvironment=PATH={VARIABLES['PATH']}\n" in text


def steps(name: str) -> list[str]:
    """Return what a ready file of a forge runs, part by part."""
    found: Any = yaml.safe_load((FILES / name).read_text("utf-8"))
    if "jobs" in found:
        return [one["run"] for one in found["jobs"]["digest"]["steps"] if "run" in one]
    return list(found["digest"]["script"])


def by_forge(machine: Machine, name: str, folder: Path, **env: str) -> list[str]:
    """Run its parts in a copy of the ledger; return the words that programs of others were given."""
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    work = shutil.copytree(machine.ledger, folder / "work")
    machine.notes.unlink(missing_ok=True)
    path = VARIABLES["PATH"]
    summary = str(folder / "summary")
    for part in steps(name):
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
        more = {"GITHUB_STEP_SUMMARY": summary, "GITHUB_REPOSITORY": "acme/ledger", **env}
        code, _, err = machine.run(part, *shell, cwd=work, PATH=path, **more)
        assert (code, err) == (0, ""), part
    return machine.notes.read_text("utf-8").splitlines()


def test_the_workflow_opens_an_issue_unless_the_week_was_quiet(
    busy: Machine, quiet: Machine, tmp_path: Path
) -> None:
    name = "digest.github.yml"
    said = by_forge(busy, name, tmp_path / "busy")
    assert said[:2] == ["install", "nextstep-cli"]
    assert said[2:6] == ["issue", "create", "--repo", "acme/ledger"]
    assert said[-2:] == ["--body-file", "digest.md"]
    assert "Call Tom" in (tmp_path / "busy" / "work" / "digest.md").read_text("utf-8")
    assert "Call Tom" in (tmp_path / "busy" / "summary").read_text("utf-8")
    assert by_forge(quiet, name, tmp_path / "quiet") == ["install", "nextstep-cli"]


def test_the_job_opens_an_issue_where_it_has_a_token(
    busy: Machine, quiet: Machine, tmp_path: Path
) -> None:
    name = "digest.gitlab-ci.yml"
    said = by_forge(busy, name, tmp_path / "busy", **TOKEN)
    assert said[-2:] == ["description@digest.md", "https://x.example/projects/7/issues"]
    installed = ["install", "--quiet", "nextstep-cli"]
    assert by_forge(busy, name, tmp_path / "no-token") == installed
    assert by_forge(quiet, name, tmp_path / "quiet", **TOKEN) == installed
