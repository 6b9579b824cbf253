"""What can be wrong with the files and folders of a ledger before any of them is read."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.diagnostic import Diagnostic, Related, Severity, Span
from nextstep.diagnostics.rule import Example, Rule

_RECORD = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-27\n"
_OTHER = "what: Book the room\noutcome: We can meet\ndue: 2026-11-27\n"
_FINE = Example({"commitments/2026/11/offer.yaml": _RECORD})
_START = Span(1, 1, 1, 1)

IRREGULAR_FILE = Rule(
    code="NS050",
    name="irregular-file",
    severity=Severity.ERROR,
    what="A link, a named pipe, a device or a socket stands where a file of the ledger would.",
    why="A link can lead out of the repository and a pipe can wait for ever, so neither is opened.",
    fix="Put a regular file or folder in its place, or move it out of the ledger.",
    bad=Example({}, links={"commitments/2026/11/offer.yaml": "/etc/hostname"}),
    good=_FINE,
)

UNREADABLE_PATH = Rule(
    code="NS051",
    name="unreadable-path",
    severity=Severity.ERROR,
    what="A file or folder of the ledger cannot be read.",
    why="What it holds is missing from every report, and nobody would see the gap.",
    fix="Give yourself the right to read it, or restore it from git.",
    bad=Example(
        {"commitments/2026/11/offer.yaml": _RECORD}, locked=("commitments/2026/11/offer.yaml",)
    ),
    good=_FINE,
)

NESTED_REPOSITORY = Rule(
    code="NS052",
    name="nested-repository",
    severity=Severity.ERROR,
    what="A folder of the ledger is a git repository of its own, or a submodule.",
    why="Its files are not in the ledger's history: no change to them could be seen or reviewed.",
    fix="Move the folder out of the ledger, or add its files to the ledger's own repository.",
    bad=Example(
        {"commitments/team/.git": "gitdir: /nowhere\n", "commitments/team/offer.yaml": _RECORD}
    ),
    good=Example({"commitments/team/offer.yaml": _RECORD}),
)

FOLDER_NAMED_LIKE_A_FILE = Rule(
    code="NS053",
    name="folder-named-like-a-file",
    severity=Severity.WARNING,
    what="The name of a folder ends like that of a YAML file.",
    why="It reads as a record that is not there. The files in it are read as usual.",
    fix="Rename the folder so that its name has no ending.",
    bad=Example({"commitments/offers.yaml/offer.yaml": _RECORD}),
    good=Example({"commitments/offers/offer.yaml": _RECORD}),
)

COLLIDING_NAMES = Rule(
    code="NS054",
    name="colliding-names",
    severity=Severity.ERROR,
    what="Two paths differ only in capital letters or in how an accent is written.",
    why="On most Macs and on Windows they are one file: a clone there loses one of the two.",
    fix="Rename one of the files.",
    bad=Example({"commitments/Team/offer.yaml": _RECORD, "commitments/team/offer.yaml": _OTHER}),
    good=Example({"commitments/team/offer.yaml": _RECORD, "commitments/team/room.yaml": _OTHER}),
)

UNPORTABLE_NAME = Rule(
    code="NS055",
    name="unportable-name",
    severity=Severity.WARNING,
    what="A name that Windows refuses or some disks cut.",
    why="A clone on such a machine stops, or holds the file under another name.",
    fix="Rename the file or folder: letters, digits and `-` work everywhere.",
    bad=Example({"commitments/2026/11/con.yaml": _RECORD}),
    good=Example({"commitments/2026/11/conference.yaml": _RECORD}),
)

ID_WITH_OTHER_CHARACTERS = Rule(
    code="NS056",
    name="id-with-other-characters",
    severity=Severity.WARNING,
    what="The name of a file, which is the id of what it holds, has more than `a-z`, `0-9`, `-`.",
    why="An id is typed on the command line and named in other files; a blank or a quote gets lost.",
    fix="Rename the file to small letters, digits and `-`, and change what refers to it.",
    bad=Example({"commitments/2026/11/Offer to Lena.yaml": _RECORD}),
    good=Example({"commitments/2026/11/offer-to-lena.yaml": _RECORD}),
)

REPEATED_ID = Rule(
    code="NS057",
    name="repeated-id",
    severity=Severity.ERROR,
    what="Two files of the ledger have the same id, which is their name without its ending.",
    why="A reference to the id, and a command that names it, could mean either.",
    fix="Rename one of the files, and change what refers to it.",
    bad=Example(
        {"commitments/2026/10/offer.yaml": _RECORD, "commitments/2026/11/offer.yaml": _OTHER}
    ),
    good=Example(
        {"commitments/2026/10/offer.yaml": _RECORD, "commitments/2026/11/room.yaml": _OTHER}
    ),
)

MISNAMED_SETTINGS = Rule(
    code="NS058",
    name="misnamed-settings",
    severity=Severity.ERROR,
    what="The settings of the ledger are in `nextstep.yml`, which is not read.",
    why="People, calendar and rules that it names have no effect, and nothing else would say so.",
    fix="Rename the file to `nextstep.yaml`.",
    bad=Example({"nextstep.yml": "timezone: Europe/Berlin\n"}),
    good=Example({"nextstep.yaml": "timezone: Europe/Berlin\n"}),
)


def irregular(path: str, kind: str, *, wanted: str) -> Diagnostic:
    """Return the finding that ``kind`` stands where a ``wanted``, file or folder, would."""
    return IRREGULAR_FILE.found(
        path,
        None,
        f"this is {kind}, not a {wanted}; it was not opened",
        hint=f"put a {'regular file' if wanted == 'file' else 'folder'} in its place,"
        " or move it out of the ledger",
    )


def unreadable(path: str, error: OSError) -> Diagnostic:
    """Return the finding that a file or folder could not be read, with the system's reason."""
    if isinstance(error, FileNotFoundError):
        message = "this went away while the ledger was being read"
        hint = "run the command again; if it is still missing, restore it from git"
    else:
        reason = (error.strerror or str(error)).lower()
        message = f"this cannot be read: {reason}"
        hint = "give yourself the right to read it, or restore it from git"
    return UNREADABLE_PATH.found(path, None, message, hint=hint)


def nested_repository(path: str, *, submodule: bool = False) -> Diagnostic:
    """Return the finding that a folder belongs to another repository."""
    kind = "a submodule" if submodule else "a git repository of its own"
    return NESTED_REPOSITORY.found(
        path,
        None,
        f"this folder is {kind}; its files were not read",
        hint="move it out of the ledger, or add its files to the ledger's own repository",
    )


def folder_named_like_a_file(path: str, name: str) -> Diagnostic:
    """Return the finding that a folder has the name of a YAML file."""
    return FOLDER_NAMED_LIKE_A_FILE.found(
        path,
        None,
        f"`{name}` is a folder with the name of a file",
        hint=f"rename it to `{name.rpartition('.')[0]}`",
    )


def colliding_names(path: str, others: Sequence[str]) -> Diagnostic:
    """Return the finding that a path is one with others on many disks."""
    return COLLIDING_NAMES.found(
        path,
        None,
        f"on many Macs and on Windows this is the same file as `{others[0]}`",
        hint="rename one of them",
        related=_first_lines(others, "the other file"),
    )


def unportable_name(path: str, reason: str) -> Diagnostic:
    """Return the finding that a name does not work everywhere; ``reason`` is a sentence."""
    return UNPORTABLE_NAME.found(
        path, None, reason, hint="rename it: letters, digits and `-` work everywhere"
    )


def id_with_other_characters(path: str, stem: str) -> Diagnostic:
    """Return the finding that an id is more than small letters, digits and hyphens."""
    better = plain_id(stem)
    if better and better == stem.lstrip("-"):
        message = f"the id `{stem}` begins with `-`, as only options do on the command line"
    else:
        message = f"the id `{stem}` has more than small letters, digits and `-`"
    hint = f"rename the file to `{better}.yaml`" if better else "rename the file"
    return ID_WITH_OTHER_CHARACTERS.found(path, None, message, hint=hint)


def repeated_id(path: str, stem: str, others: Sequence[str]) -> Diagnostic:
    """Return the finding that other files have the same id."""
    return REPEATED_ID.found(
        path,
        None,
        f"the id `{stem}` is also that of `{others[0]}`",
        hint="rename one of the files, and change what refers to it",
        related=_first_lines(others, f"the other `{stem}`"),
    )


def misnamed_settings(path: str) -> Diagnostic:
    """Return the finding that the settings have another name than the one that is read."""
    return MISNAMED_SETTINGS.found(
        path, None, f"`{path}` is not read", hint="rename it to `nextstep.yaml`"
    )


def plain_id(text: str) -> str:
    """Return the nearest id of small letters, digits and hyphens; empty when nothing is left."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return "-".join(part for part in kept.split("-") if part)


def _first_lines(paths: Sequence[str], message: str) -> tuple[Related, ...]:
    return tuple(Related(path, _START, message) for path in paths)


RULES: tuple[Rule, ...] = (
    IRREGULAR_FILE,
    UNREADABLE_PATH,
    NESTED_REPOSITORY,
    FOLDER_NAMED_LIKE_A_FILE,
    COLLIDING_NAMES,
    UNPORTABLE_NAME,
    ID_WITH_OTHER_CHARACTERS,
    REPEATED_ID,
    MISNAMED_SETTINGS,
)
