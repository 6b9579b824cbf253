"""What is checked, each part by itself: `nox -l` lists them, `nox -s tests` runs one."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "docs", "build"]

ROOT = Path(__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PYTHONS = [
    line.rpartition(" ")[2]
    for line in PROJECT["project"]["classifiers"]
    if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", line)
]
TODAY = "2026-11-23"


@nox.session
def lint(session: nox.Session) -> None:
    """Style, format, and which room may know which."""
    session.install("-e", ".", *nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", "--no-logo")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.install("-e", ".[test]", "nox", *nox.project.dependency_groups(PROJECT, "types"))
    session.run("mypy")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Every test that needs nothing but the package index."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def minimums(session: nox.Session) -> None:
    """Every test with the oldest releases that pyproject.toml allows."""
    oldest = Path(session.create_tmp()) / "oldest.txt"
    wanted = PROJECT["project"]["dependencies"]
    oldest.write_text("".join(f"{_oldest(line)}\n" for line in wanted), "utf-8")
    session.install("-e", ".[test]", "--constraint", str(oldest))
    session.run("pytest", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Reference pages are as the program says; links lead somewhere; console blocks run."""
    session.install("-e", ".[test]")
    session.run("python", "docs/generate.py", "--check")
    session.run("pytest", "tests/docs", *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """The pages of docs/ as a site in the folder that is named, else build/site; no network."""
    session.install(*nox.project.dependency_groups(PROJECT, "site"))
    (folder,) = session.posargs or ["build/site"]
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-c", "docs/site", "docs", folder)


@nox.session
def build(session: nox.Session) -> None:
    """Every test against the wheel made from the sdist, in a copy that has no `src`."""
    folder = Path(session.create_tmp()).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    session.install("build")
    session.run("python", "-m", "build", "-q", "-o", str(folder / "dist"))
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    session.install(f"{wheel}[test]")
    hidden = shutil.ignore_patterns("src", ".git", ".nox", ".venv*", "*_cache", "dist", "build")
    shutil.copytree(ROOT, folder / "bare", ignore=hidden)
    session.chdir(folder / "bare")
    env = {"NEXTSTEP_WHEEL": str(wheel), "NEXTSTEP_SDIST": str(sdist)}
    session.run("pytest", *session.posargs, env=env)


@nox.session
def ledger(session: nox.Session) -> None:
    """The project's own agreements are in order."""
    session.install("-e", ".")
    session.run("nextstep", "-C", ".", "check", "--today", TODAY)


@nox.session
def gates(session: nox.Session) -> None:
    """Heavy checks, whole: a million inputs, many writers, long runs of the laws. Under an hour."""
    session.install("-e", ".[test]")
    session.run("python", "tests/gates/whole.py", *session.posargs)


@nox.session
def outside(session: nox.Session) -> None:
    """Checks against programs of other people, from Debian or npm where they are installed."""
    others = (
        "aiosmtpd>=1.4.6",
        "beancount>=3",
        "duckdb>=1.4",
        "khal>=0.14",
        "mail-parser>=4",
        "sarif-tools>=3",
        "todoman>=4.7",
    )
    session.install("-e", ".[test]", *others)
    session.run("pytest", "-m", "outside", *session.posargs)


@nox.session
def forge(session: nox.Session) -> None:
    """The ready files for forges: zizmor reads them, pre-commit runs the hooks."""
    session.install("-e", ".[test]", "pre-commit>=4", "zizmor>=1.20")
    session.run("pytest", "-m", "outside", "tests/outside/test_forges.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """How fast: ratios to bare Python and to the peers that are installed."""
    session.install(".", "beancount>=3")
    session.run("python", "bench/run.py", *session.posargs)


def _oldest(requirement: str) -> str:
    """Return `name==1.2` for `name>=1.2,<2; marker`."""
    found = re.fullmatch(r"([A-Za-z0-9_.-]+)>=([0-9a-z.]+)([,;].*)?", requirement)
    if found is None:
        message = f"write {requirement} with >= first, so that the oldest release is known"
        raise ValueError(message)
    return f"{found[1]}=={found[2]}"
