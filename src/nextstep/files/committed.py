"""A ledger as it was in a commit, judged as its files on disk would be."""

from __future__ import annotations

import stat
from operator import attrgetter

from nextstep.files.disk import Listing, kind_of
from nextstep.files.disk_rules import irregular, misnamed_settings, nested_repository
from nextstep.files.names import folders_of, name_findings
from nextstep.repo.paths import OTHER_SETTINGS
from nextstep.repo.trees import Snapshot


def listing_of(snapshot: Snapshot) -> Listing:
    """Return the files of a ledger in a commit, with the findings that the disk would give."""
    findings = []
    for entry in snapshot.refused:
        if entry.kind == "submodule":
            findings.append(nested_repository(entry.path, submodule=True))
        else:
            mode = stat.S_IFLNK if entry.kind == "link" else stat.S_IFREG
            findings.append(irregular(entry.path, kind_of(mode), wanted=entry.wanted))
    paths = [source.path for source in snapshot.sources]
    if OTHER_SETTINGS in paths:
        findings.append(misnamed_settings(OTHER_SETTINGS))
    sources = [source for source in snapshot.sources if source.path != OTHER_SETTINGS]
    findings += name_findings([source.path for source in sources], folders_of(paths))
    return Listing(tuple(sources), tuple(sorted(findings, key=attrgetter("sort_key"))))
