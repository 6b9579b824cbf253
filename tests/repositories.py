"""Real git repositories for tests: fixed people and dates, no settings of whoever runs them."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

AT = "2026-11-20T10:00:00+00:00"
RECORD = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"

_NO_HOUSEKEEPING = "[maintenance]\n\tauto = false\n[gc]\n\tauto = 0\n"
"""Else every commit starts a git that looks whether it is time to pack."""

HOOKS = (
    "applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit "
    "post-index-change post-merge post-rewrite pre-applypatch pre-auto-gc pre-commit "
    "pre-merge-commit pre-push pre-rebase prepare-commit-msg reference-transaction update"
).split()


def environment(home: Path) -> dict[str, str]:
    """The environment of a person without any settings, whose home is ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


class Made:
    """A repository made for a test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environ = environment(path.parent / f"{path.name}-home")

    def git(self, *arguments: str, at: str = AT, given: bytes | None = None) -> str:
        """Run git in the repository as Dev, at a fixed time, and return its output."""
        identity = {
            "GIT_AUTHOR_NAME": "Dev",
            "GIT_AUTHOR_EMAIL": "dev@example.org",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_NAME": "Dev",
            "GIT_COMMITTER_EMAIL": "dev@example.org",
            "GIT_COMMITTER_DATE": at,
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env={**self.environ, **identity},
            input=given,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr.decode())
        return done.stdout.decode().strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files by their path from the top."""
        write(self.path, files)

    def commit(self, files: Mapping[str, str | bytes], *, at: str = AT, message: str = "x") -> str:
        """Write files, commit everything, and return the commit's id."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", at=at)
        return self._head() or self.git("rev-parse", "HEAD")

    def _head(self) -> str | None:
        """Return the last commit, where its branch has a file of its own."""
        folder = self.path / ".git"
        with suppress(OSError):
            branch = (folder / "HEAD").read_text().removeprefix("ref: ").strip()
            return (folder / branch).read_text().strip()
        return None

    def clone(self, path: Path, *options: str) -> Made:
        """Clone as over a network: options such as `--depth=1` and `--filter` have their effect."""
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("clone", "--quiet", *options, self.path.as_uri(), str(path))
        return Made(path)


def make(path: Path, *options: str) -> Made:
    """Make an empty repository, with a work tree unless the options say otherwise."""
    path.mkdir(parents=True, exist_ok=True)
    if options or (path / ".git").exists():
        return _begin(path, *options)
    shutil.copytree(_begun() / ".git", path / ".git")
    return Made(path)


@cache
def _begun() -> Path:
    """Return an empty repository, which git makes once and others are copied from."""
    place = Path(tempfile.mkdtemp(prefix="nextstep-begun-"))
    atexit.register(shutil.rmtree, place)
    return _begin(place / "begun").path


def _begin(path: Path, *options: str) -> Made:
    path.mkdir(parents=True, exist_ok=True)
    made = Made(path)
    made.git("init", "--quiet", "--initial-branch=main", "--template=", *options)
    folder = path if "--bare" in options else path / ".git"
    (folder / "info").mkdir(exist_ok=True)
    with (folder / "config").open("a") as file:
        file.write(_NO_HOUSEKEEPING)
    return made


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by their path from ``root``, with the folders they need."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@contextmanager
def nested(top: Path, depth: int) -> Iterator[Path]:
    """Folders named `d` in each other below ``top``; removed at the end, as few programs can."""
    folder = top
    for _ in range(depth):
        folder /= "d"
        folder.mkdir()
    yield folder
    subprocess.run(["rm", "-r", str(top / "d")], check=True)


def state_of(root: Path) -> dict[str, tuple[int, int, str]]:
    """Everything below a folder: mode, time of change and content (or target) by path."""
    found = {}
    for folder, folders, names in os.walk(root):
        for name in [*folders, *names]:
            path = Path(folder, name)
            facts = path.lstat()
            content = ""
            if path.is_symlink():
                content = str(path.readlink())
            elif path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
            found[str(path.relative_to(root))] = (facts.st_mode, facts.st_mtime_ns, content)
    return found


class Hostile(Made):
    """A repository whose settings name one program wherever git takes a program."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.program = path.parent / f"{path.name}-program"
        self.canary = path.parent / f"{path.name}-canary"
        self.program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{self.canary}"\nexit 0\n')
        self.program.chmod(0o755)

    @property
    def fired(self) -> list[str]:
        """The command lines of the program that ran, or nothing."""
        return self.canary.read_text().splitlines() if self.canary.exists() else []

    def state(self) -> dict[str, tuple[int, int, str]]:
        """Everything of the repository, the person's home and the canary."""
        return state_of(self.path.parent)


def hostile_repository(folder: Path, *, hooks_path: bool = False) -> Hostile:
    """Make a ledger in a repository that tries everything to have its program run.

    It holds two people's commitments, an uncommitted change (so that filters and diff drivers have
    work) and an embedded bare repository, whose settings are hostile as well.
    """
    path = folder / "hostile"
    made = make(path)
    made.commit(
        {
            "nextstep.yaml": "people:\n  dev: {emails: [dev@example.org]}\n  lena: {}\n",
            "processes/offer.yaml": "title: Offer\n",
            "commitments/2026/11/offer-k3f9.yaml": f"{RECORD}who: dev\nwith: [lena]\n",
            "commitments/2026/11/room-7qhd.yaml": "what: Book the room\nwho: lena\n",
            ".gitattributes": "*.yaml filter=bad diff=bad merge=bad\n",
            ".mailmap": "Somebody Else <else@example.org> <dev@example.org>\n",
            "team.gitconfig": "",
        }
    )
    embedded = make(path / "commitments" / "embedded", "--bare")
    hostile = Hostile(path)
    settings = _hostile_settings(hostile.program, hooks_path=hooks_path)
    for config in (path / ".git" / "config", embedded.path / "config"):
        with config.open("a") as file:
            file.write(settings)
    write(path, {"team.gitconfig": f"[core]\n\tfsmonitor = {hostile.program}\n"})
    folders = [path / ".git" / "hooks", embedded.path / "hooks", path / "hooks"]
    for hooks in folders:
        hooks.mkdir(exist_ok=True)
        for name in HOOKS:
            (hooks / name).unlink(missing_ok=True)
            (hooks / name).symlink_to(hostile.program)
    write(path, {"commitments/2026/11/offer-k3f9.yaml": f"{RECORD}who: dev\nwith: [lena]\n\n"})
    return hostile


def _hostile_settings(program: Path, *, hooks_path: bool) -> str:
    hooks = "hooksPath = hooks" if hooks_path else ""
    return f"""
[core]
	fsmonitor = {program}
	pager = {program}
	editor = {program}
	sshCommand = {program}
	askPass = {program}
	gitProxy = {program}
	alternateRefsCommand = {program}
	untrackedCache = true
	{hooks}
[filter "bad"]
	clean = {program}
	smudge = {program}
	required = true
[diff]
	external = {program}
[diff "bad"]
	textconv = {program}
	command = {program}
[merge "bad"]
	driver = {program} %A
[gpg]
	program = {program}
[commit]
	gpgSign = true
[log]
	showSignature = true
[alias]
	rev-parse = !{program}
	config = !{program}
	ls-tree = !{program}
	due = !{program}
[pager]
	rev-parse = {program}
	config = {program}
	ls-tree = {program}
	cat-file = {program}
	log = {program}
[sequence]
	editor = {program}
[credential]
	helper = !{program}
[protocol "ext"]
	allow = always
[protocol]
	allow = always
[remote "origin"]
	url = ext::{program} x
	uploadpack = {program}
	promisor = true
	partialclonefilter = blob:none
[include]
	path = ../team.gitconfig
[uploadpack]
	packObjectsHook = {program}
[user]
	email = dev@example.org
	name = Dev
"""
