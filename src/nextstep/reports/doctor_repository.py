"""Git and the repository, as `nextstep doctor` sees them."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.repo.git import OLDEST
from nextstep.repo.hazards import Hazard
from nextstep.repo.leftovers import Leftovers
from nextstep.repo.rescue import Kept
from nextstep.repo.state import Repository
from nextstep.reports.doctor_lines import Line, mend, note, ok
from nextstep.reports.surroundings import GitFacts, Surroundings

_HISTORY = {
    "refs/replace": (
        "refs/replace shows other commits than those that were made",
        "git replace --list",
    ),
    "info/grafts": ("info/grafts gives commits other parents", "remove .git/info/grafts"),
}
_SHOWN_FILES = 3


def repository_lines(found: Surroundings) -> Iterator[Line]:
    """Yield what there is to say about git and the repository."""
    git = found.git
    yield _git(git)
    if found.place is None:
        return
    if git.repository is None:
        yield _no_repository(git)
    else:
        yield from _kind(git.repository, git)
        yield from _in_the_way(git)
        yield from _hazards(git.hazards)
    yield from _merges(git)
    if found.leftovers is not None:
        yield from _leftovers(found.leftovers)
    if found.swept:
        yield ok("left over", f"{counted(len(found.swept), 'file')} of a crash removed")
    yield from _kept(found.kept)


def _git(git: GitFacts) -> Line:
    oldest = ".".join(map(str, OLDEST))
    if git.program is None:
        return note(
            "git",
            "not found: files are read as they are, and there is no --as-of",
            f"install git {oldest} or later",
        )
    version = ".".join(map(str, git.version)) or "of an unknown version"
    if git.version and git.version < OLDEST:
        return mend(
            "git", f"{version} ({git.program}) is too old", f"install git {oldest} or later"
        )
    return ok("git", f"{version} ({git.program})")


def _no_repository(git: GitFacts) -> Line:
    if git.program is None:
        return note("repository", "without git nothing is known of it")
    if git.trouble == "not in a git repository":
        return note("repository", "none: the ledger has no history", "git init")
    first, *rest = git.trouble.splitlines() or ["git does not read it"]
    return mend("repository", first, " ".join(" ".join(rest).split()) or None)


def _kind(repository: Repository, git: GitFacts) -> Iterator[Line]:
    branch = (repository.branch or "").removeprefix("refs/heads/")
    at = repository.head[:7] if repository.head else ""
    if repository.bare:
        yield ok(
            "repository", f"bare: the files of {branch or 'HEAD'} at {at or 'no commit'} are read"
        )
    elif repository.unborn:
        yield note("repository", "no commit yet, so no history", "git add . && git commit")
    elif repository.detached:
        yield note("repository", f"HEAD is detached at {at}", "git switch BRANCH")
    else:
        yield ok("repository", f"{branch} at {at}")
    kinds = {
        "a linked work tree": repository.worktree,
        "a submodule": git.submodule,
        f"object format {repository.object_format}": repository.object_format != "sha1",
    }
    for words, is_so in kinds.items():
        if is_so:
            yield ok("repository", words)
    if repository.shallow:
        yield note("repository", "shallow: its history is cut off", "git fetch --unshallow")
    if git.partial:
        yield note(
            "repository", "a partial clone: older files may not be here, and none is fetched"
        )


def _hazards(hazards: tuple[Hazard, ...]) -> Iterator[Line]:
    settings = [f"{one.where} = {one.value}" for one in hazards if one.kind == "program"]
    hooks = [one.where.removeprefix("hooks/") for one in hazards if one.kind == "hook"]
    yield from (note("setting", text) for text in settings)
    if hooks:
        yield note("hooks", ", ".join(hooks))
    if settings or hooks:
        yield note("settings", "git obeys these in this repository, nextstep does not")
    for one in hazards:
        if one.where in _HISTORY:
            text, todo = _HISTORY[one.where]
            yield note("history", f"{text}; it is not followed", todo)


def _in_the_way(git: GitFacts) -> Iterator[Line]:
    if git.unfinished is not None:
        text = f"{git.unfinished} is in progress: nothing can be recorded until it ends"
        yield note("repository", text, "git status")
    for path in git.locks:
        yield note(
            "lock",
            f"{path} is there: a git is running, or one was killed",
            "if no git is running, remove that file",
        )


def _kept(kept: tuple[Kept, ...]) -> Iterator[Line]:
    for one in kept[:_SHOWN_FILES]:
        typed = one.command.removeprefix("$ ") or "words"
        yield mend(
            "kept words",
            f"typed and not recorded: {typed}",
            f"look into it, record it again, then remove it: {one.path}",
        )
    if len(kept) > _SHOWN_FILES:
        folder = kept[0].path.rpartition("/")[0]
        yield mend("kept words", f"{len(kept) - _SHOWN_FILES} more of them", f"look into {folder}")


def _merges(git: GitFacts) -> Iterator[Line]:
    lines = {(one.attributes, one.line): one for one in git.merges if one.driver == "union"}
    for one in lines.values():
        yield mend(
            "merge",
            f"{one.attributes}:{one.line} has git join both sides of {one.path}: it would have two "
            "dates after a merge, and could not be read",
            f"take merge=union out of line {one.line} of {one.attributes}",
        )


def _leftovers(found: Leftovers) -> Iterator[Line]:
    for path in found.repositories:
        yield note(
            "repository inside",
            f"{path} is a bare repository: git obeys its settings in that folder, nextstep does not",
        )
    if not found.whole:
        yield note("repository inside", "too many folders to look into all of them")
    ours = [path for path in found.files if path.rpartition("/")[2].startswith(".nextstep-")]
    if ours:
        number = counted(len(ours), "file")
        text = f"{number} that a crash left half-written, which nothing reads"
        yield note("left over", text, "a day later: nextstep doctor --sweep")
    others = [path for path in found.files if path not in ours]
    if others:
        number = counted(len(others), "file")
        more = " ..." if len(others) > _SHOWN_FILES else ""
        shown = ", ".join(others[:_SHOWN_FILES]) + more
        yield note(
            "left over",
            f"{number} that an editor, a merge or a crash left behind: {shown}",
            "look into them, then remove them",
        )
