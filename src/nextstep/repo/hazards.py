"""What a repository would make other git programs run, and what bends the view of its history.

None of it has an effect on reading here. It is told because `git status` in the same folder obeys.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from nextstep.repo.git import start
from nextstep.repo.place import Place
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import Repository

_SECONDS = 10.0
_PROGRAMS = frozenset(
    "core.fsmonitor core.hookspath core.pager core.editor core.sshcommand core.askpass "
    "core.gitproxy core.alternaterefscommand core.worktree diff.external sequence.editor "
    "gpg.program credential.helper include.path uploadpack.packobjectshook web.browser".split()
)
_GROUPS = {
    "filter": ("clean", "smudge", "process"),
    "diff": ("textconv", "command"),
    "merge": ("driver",),
    "gpg": ("program", "defaultkeycommand"),
    "credential": ("helper",),
    "protocol": ("allow",),
    "includeif": ("path",),
    "remote": ("uploadpack", "receivepack", "vcs"),
    "difftool": ("cmd", "path"),
    "mergetool": ("cmd", "path"),
    "browser": ("cmd", "path"),
    "man": ("cmd", "path"),
    "trailer": ("command", "cmd"),
    "tar": ("command",),
}
_WHOLE_GROUPS = ("alias", "pager")
_HARMLESS = frozenset({"", "true", "false", "yes", "no", "on", "off", "0", "1"})


class Hazard(Struct, frozen=True):
    """One thing to know about: ``kind`` is `program`, `hook` or `history`.

    ``where`` is a setting, a file or a kind of ref; ``value`` what it says, raw, maybe empty.
    """

    kind: str
    where: str
    value: str


def hazards(place: Place, repository: Repository, environ: Mapping[str, str]) -> tuple[Hazard, ...]:
    """Return what the repository itself sets; the user's own settings are not looked at.

    Raises NextstepError without git or when it does not answer.
    """
    settings = start(place, ["config", "-z", "--list", "--show-scope"], environ)
    replaced = start(place, ["for-each-ref", "--count=1", "--format=x", "refs/replace/"], environ)
    found = _settings(settings.finish(_SECONDS).out)
    found += _hooks(shared_folder(repository.git_dir))
    if replaced.finish(_SECONDS).out:
        found.append(Hazard("history", "refs/replace", ""))
    if os.path.exists(os.path.join(shared_folder(repository.git_dir), "info", "grafts")):
        found.append(Hazard("history", "info/grafts", ""))
    if repository.shallow:
        found.append(Hazard("history", "shallow", ""))
    return tuple(found)


def _settings(listed: bytes) -> list[Hazard]:
    parts = listed.decode("utf-8", "backslashreplace").split("\0")
    found = []
    for scope, entry in zip(parts[::2], parts[1::2], strict=False):
        key, _, value = entry.partition("\n")
        if scope in {"local", "worktree"} and _names_program(key, value):
            found.append(Hazard("program", key, value))
    return found


def _names_program(key: str, value: str) -> bool:
    group, last = key.partition(".")[0], key.rpartition(".")[2]
    if value.lower() in _HARMLESS:
        return False
    return key in _PROGRAMS or group in _WHOLE_GROUPS or last in _GROUPS.get(group, ())


def _hooks(git_folder: str) -> list[Hazard]:
    folder = os.path.join(git_folder, "hooks")
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        Hazard("hook", f"hooks/{name}", "")
        for name in names
        if not name.endswith(".sample") and os.access(os.path.join(folder, name), os.X_OK)
    ]
