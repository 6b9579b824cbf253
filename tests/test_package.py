"""What is installed, and what a command may import: starting must stay cheap."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import nextstep
from nextstep.changes.example.files import example_files
from nextstep.cli.app import COMMANDS

# What is imported costs time each time somebody types a command. `due` without a terminal needs the
# command line, the records, the YAML parser - and nothing else that is not in Python itself.
MAY_IMPORT = {
    "--version": {"nextstep"},
    "--help": {"nextstep", "typer", "msgspec", "yaml"},
    "due": {"nextstep", "typer", "msgspec", "yaml"},
    "check": {"nextstep", "typer", "msgspec", "yaml"},
    "list": {"nextstep", "typer", "msgspec", "yaml"},
}
# Parts of Python itself that are slow to import and that none of these needs.
TOO_SLOW = {
    "asyncio",
    "concurrent.futures",
    "dataclasses",
    "email.message",
    "http",
    "importlib.metadata",
    "json",
    "logging",
    "ssl",
    "tempfile",
    "unittest",
    "urllib.request",
}
EXAMPLE = "nextstep/example/"
# These come with typer and with the YAML parser; nobody asks for them here.
COMES_ALONG = {"annotated_doc", "cython_runtime", "shellingham", "typing_extensions"}

LEDGER = {
    "commitments/2026/11/offer.yaml": (
        "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-20\n"
    ),
    "processes/greet.yaml": (
        "title: Greet\nowner: me\ncustomer: everybody\nprovides: A good start\n"
        "steps:\n  - {id: wave, do: Wave, who: me, due: 1bd after start, done_when: They smile}\n"
    ),
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of two files in a folder that is no repository."""
    for path, text in LEDGER.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True)
        place.write_text(text, "utf-8")
    return tmp_path


def test_both_commands_start_the_program() -> None:
    names = {
        entry.name
        for entry in metadata.distribution("nextstep-cli").entry_points
        if entry.group == "console_scripts" and entry.value == "nextstep.__main__:main"
    }
    assert names == {"nextstep", "git-nextstep"}
    for name in names:
        program = Path(sys.executable).with_name(name)
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        assert said.stdout == f"nextstep {nextstep.__version__}\n"


def test_git_finds_it_as_a_command_of_its_own() -> None:
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    said = subprocess.run(
        ["git", "nextstep", "--version"],
        env=os.environ | {"PATH": beside},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"nextstep {nextstep.__version__}\n"


def test_python_can_run_the_package() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "nextstep", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"nextstep {nextstep.__version__}\n"


def test_the_version_is_the_distribution_s() -> None:
    assert metadata.version("nextstep-cli") == nextstep.__version__


def test_it_says_that_it_is_typed() -> None:
    assert Path(nextstep.__file__).with_name("py.typed").is_file()


@pytest.mark.skipif("NEXTSTEP_WHEEL" not in os.environ, reason="NEXTSTEP_WHEEL names no wheel")
def test_the_wheel_holds_the_package_and_its_licence_alone() -> None:
    with zipfile.ZipFile(os.environ["NEXTSTEP_WHEEL"]) as wheel:
        names = wheel.namelist()
    info = f"nextstep_cli-{nextstep.__version__}.dist-info/"
    manual = f"nextstep_cli-{nextstep.__version__}.data/"
    assert {name.partition("/")[0] + "/" for name in names} == {"nextstep/", info, manual}
    assert {f"{info}licenses/LICENSE", "nextstep/py.typed", "nextstep/cli/app.py"} <= set(names)
    ours = {name for name in names if not name.startswith((info, manual))} - {"nextstep/py.typed"}
    assert not [name for name in ours if not name.endswith(".py") and EXAMPLE not in name]


@pytest.mark.skipif("NEXTSTEP_WHEEL" not in os.environ, reason="NEXTSTEP_WHEEL names no wheel")
def test_the_wheel_carries_the_manual(project_root: Path) -> None:
    with zipfile.ZipFile(os.environ["NEXTSTEP_WHEEL"]) as wheel:
        carried = {
            name.rpartition("/")[2]: wheel.read(name)
            for name in wheel.namelist()
            if "/share/man/man1/" in name
        }
    assert {"nextstep.1", "git-nextstep.1", "nextstep-due.1"} <= carried.keys()
    assert carried == {
        path.name: path.read_bytes() for path in (project_root / "docs/man").iterdir()
    }


@pytest.mark.skipif("NEXTSTEP_WHEEL" not in os.environ, reason="NEXTSTEP_WHEEL names no wheel")
@pytest.mark.skipif(shutil.which("man") is None, reason="no `man` is here to show a manual page")
def test_git_shows_the_manual_of_the_installed_program() -> None:
    programs = str(Path(sys.executable).parent)
    plain = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "MANPAGER": "cat",
        "PAGER": "cat",
    }
    for command in (["git", "nextstep", "--help"], ["man", "nextstep-due"]):
        shown = subprocess.run(command, env=plain, capture_output=True, text=True, check=True)
        assert "nextstep due" in re.sub(r".\x08", "", shown.stdout)


@pytest.mark.skipif("NEXTSTEP_WHEEL" not in os.environ, reason="NEXTSTEP_WHEEL names no wheel")
def test_the_wheel_carries_the_example_of_the_project_byte_for_byte(project_root: Path) -> None:
    with zipfile.ZipFile(os.environ["NEXTSTEP_WHEEL"]) as wheel:
        carried = {
            name.removeprefix(EXAMPLE): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith(EXAMPLE)
        }
    assert carried == _own_ledger(project_root)


def test_the_example_that_is_copied_is_the_ledger_of_the_project(project_root: Path) -> None:
    assert example_files() == _own_ledger(project_root)


@pytest.mark.skipif("NEXTSTEP_SDIST" not in os.environ, reason="NEXTSTEP_SDIST names no sdist")
def test_the_sdist_carries_what_the_wheel_is_made_of(project_root: Path) -> None:
    with tarfile.open(os.environ["NEXTSTEP_SDIST"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert _own_ledger(project_root).keys() | {"pyproject.toml", "src/nextstep/py.typed"} <= names


def _own_ledger(root: Path) -> dict[str, bytes]:
    files = [root / "nextstep.yaml"]
    files += [path for top in ("processes", "commitments") for path in (root / top).rglob("*")]
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.is_file()
    }


@pytest.mark.skipif("NEXTSTEP_WHEEL" not in os.environ, reason="NEXTSTEP_WHEEL names no wheel")
def test_the_wheel_is_what_these_tests_import() -> None:
    assert "site-packages" in nextstep.__file__


@pytest.mark.parametrize("word", MAY_IMPORT)
def test_a_command_imports_no_more_than_it_needs(word: str, ledger: Path) -> None:
    modules = _imported(word, ledger)
    tops = {name.partition(".")[0] for name in modules}
    ours = {name for name in tops if name not in sys.stdlib_module_names and name[0] != "_"}
    assert ours - COMES_ALONG <= MAY_IMPORT[word]
    assert not modules & TOO_SLOW


@pytest.mark.parametrize("word", ["due", "check"])
def test_a_command_imports_no_other_command(word: str, ledger: Path) -> None:
    others = {module for name, module in COMMANDS.items() if name != word}
    assert not _imported(word, ledger) & others


def _imported(word: str, ledger: Path) -> set[str]:
    """Return the modules that are there when the command has run, and were not there before."""
    script = (
        "import sys\nbefore, code = set(sys.modules), 0\nfrom nextstep.__main__ import main\n"
        "if sys.argv[1:] == ['--version']:\n    main()\n"
        "else:\n    from nextstep.cli.app import run\n    code = run(sys.argv[1:])\n"
        "print('\\n@', code, *sorted(set(sys.modules) - before), sep='\\n', file=sys.stderr)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, word, *(["--today", "2026-11-23"] if word == "due" else [])],
        cwd=ledger,
        env={"PATH": os.environ["PATH"], "HOME": str(ledger)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = said.stderr.rpartition("\n@\n")[2].split()
    assert code == "0", said.stderr
    return set(modules)
