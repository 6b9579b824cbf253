"""Reading a ledger's files from a folder, whatever lies in it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nextstep.files.disk import Listing, read_file, read_tree
from nextstep.repo.paths import LARGEST_FILE
from tests.repositories import RECORD, nested, state_of, write


def _paths(listing: Listing) -> list[str]:
    return [source.path for source in listing.sources]


def _found(listing: Listing) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in listing.findings]


def _as_nobody(check: Callable[[], None]) -> None:
    """Run a check as somebody without the rights of root, and pass its failure on."""
    if os.geteuid() != 0:
        check()
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            check()
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_everything_of_a_ledger_is_read_in_order_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "nextstep.yaml": "timezone: UTC\n",
        "processes/b.yaml": "b",
        "processes/a/z.yml": "z",
        "processes/a-b/y.YAML": "y",
        "commitments/2026/11/x.yaml": "x\r\n",
        "commitments/2026/11/deep/er/w.Yml": "\ufeffw",
    }
    others = {
        "readme.yaml": "",
        "other/v.yaml": "",
        "commitments/notes.md": "",
        "commitments/u.yaml~": "",
        "commitments/.#t.yaml": "",
        "commitments/#s.yaml#": "",
        "commitments/r.yaml.orig": "",
        "commitments/.q.yaml.swp": "",
        "commitments/.hidden/p.yaml": "",
        "commitments/o.json": "",
        "commitments/yaml": "",
    }
    write(tmp_path, {**files, **others})
    listing = read_tree(str(tmp_path))
    assert {s.path: s.data.decode() for s in listing.sources} == files
    assert _paths(listing) == sorted(files)
    assert listing.findings == ()


def test_a_folder_without_a_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_tree(str(tmp_path)) == Listing((), ())


def test_the_folder_itself_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tree(str(tmp_path / "gone"))


def test_reading_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": "", "commitments/a.yaml": RECORD, "processes/b.yaml": "x"})
    before = state_of(tmp_path)
    read_tree(str(tmp_path))
    assert state_of(tmp_path) == before


@pytest.mark.parametrize(
    "target",
    ["/etc/passwd", "/dev/zero", "a.yaml", "link.yaml", "gone", "../../outside.yaml", "/etc"],
)
def test_a_link_is_never_followed(tmp_path: Path, target: str) -> None:
    write(tmp_path, {"l/commitments/a.yaml": RECORD, "outside.yaml": "secret"})
    (tmp_path / "l/commitments/link.yaml").symlink_to(target)
    listing = read_tree(str(tmp_path / "l"))
    assert _paths(listing) == ["commitments/a.yaml"]
    (finding,) = listing.findings
    assert (finding.code, finding.path) == ("NS050", "commitments/link.yaml")
    assert finding.message == "this is a symbolic link, not a file; it was not opened"


def test_a_link_to_a_folder_is_refused_and_to_anything_else_does_not_matter(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"l/commitments/a.yaml": RECORD, "outside/b.yaml": RECORD, "notes.md": ""})
    (tmp_path / "l/commitments/v1.0").symlink_to(tmp_path / "outside")
    (tmp_path / "l/commitments/self").symlink_to(".")
    (tmp_path / "l/commitments/gone").symlink_to("nowhere")
    (tmp_path / "l/commitments/notes.md").symlink_to(tmp_path / "notes.md")
    (tmp_path / "l/processes").symlink_to(tmp_path / "outside")
    listing = read_tree(str(tmp_path / "l"))
    assert _paths(listing) == ["commitments/a.yaml"]
    assert _found(listing) == [
        ("NS050", "commitments/self"),
        ("NS050", "commitments/v1.0"),
        ("NS050", "processes"),
    ]
    assert {f.message for f in listing.findings} == {
        "this is a symbolic link, not a folder; it was not opened"
    }


@pytest.mark.parametrize("path", ["nextstep.yaml", "commitments/x.yaml", "processes"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    os.mkfifo(tmp_path / path)
    listing = read_tree(str(tmp_path))
    assert _found(listing) == [("NS050", path)]
    assert "this is a named pipe, not a f" in listing.findings[0].message


def test_a_socket_and_a_device_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    monkeypatch.chdir(tmp_path / "commitments")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.yaml")
    expected = [("NS050", "commitments/s.yaml")]
    if os.geteuid() == 0:
        os.mknod("zero.yaml", 0o20666, os.makedev(1, 5))
        expected.append(("NS050", "commitments/zero.yaml"))
    listing = read_tree(str(tmp_path))
    assert _found(listing) == expected
    assert _paths(listing) == ["commitments/a.yaml"]


def test_what_turns_into_a_link_or_a_pipe_after_it_was_listed_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.yaml")
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        for name in ("link.yaml", "pipe.yaml"):
            assert read_file(folder, name) is None
        with pytest.raises(FileNotFoundError):
            read_file(folder, "gone.yaml")
    finally:
        os.close(folder)


def test_a_folder_with_the_name_of_a_file_is_read_and_told(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/d.yaml/a.yaml": RECORD})
    (tmp_path / "commitments/empty.yml").mkdir()
    listing = read_tree(str(tmp_path))
    assert _paths(listing) == ["commitments/d.yaml/a.yaml"]
    assert _found(listing) == [("NS053", "commitments/d.yaml"), ("NS053", "commitments/empty.yml")]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_another_repository_inside_is_not_part_of_the_ledger(tmp_path: Path, kind: str) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD, "commitments/other/b.yaml": RECORD})
    if kind == "folder":
        (tmp_path / "commitments/other/.git").mkdir()
    else:
        write(tmp_path, {"commitments/other/.git": "gitdir: ../x\n"})
    listing = read_tree(str(tmp_path))
    assert _paths(listing) == ["commitments/a.yaml"]
    assert _found(listing) == [("NS052", "commitments/other")]


@pytest.mark.parametrize("size", [0, 1, LARGEST_FILE, LARGEST_FILE + 1, 5 * LARGEST_FILE])
def test_a_large_file_is_cut_one_byte_after_the_limit(tmp_path: Path, size: int) -> None:
    write(tmp_path, {"commitments/a.yaml": b"x" * size})
    (source,) = read_tree(str(tmp_path)).sources
    assert len(source.data) == min(size, LARGEST_FILE + 1)


def test_a_file_that_does_not_tell_its_size_is_read_to_its_end() -> None:
    folder = os.open("/proc", os.O_RDONLY) if os.path.exists("/proc/version") else -1
    if folder < 0:
        pytest.skip("this system has no /proc, whose files say that they are empty")
    try:
        with open("/proc/version", "rb") as file:
            assert read_file(folder, "version") == file.read()
    finally:
        os.close(folder)


def test_what_cannot_be_read_hides_nothing_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "nextstep.yaml": "",
            "commitments/a.yaml": RECORD,
            "commitments/locked.yaml": RECORD,
            "commitments/shut/b.yaml": RECORD,
        },
    )
    (tmp_path / "commitments/locked.yaml").chmod(0)
    (tmp_path / "commitments/shut").chmod(0)
    tmp_path.chmod(0o755)
    folder = os.open(tmp_path, os.O_RDONLY)

    def check() -> None:
        os.fchdir(folder)
        listing = read_tree(".")
        assert _paths(listing) == ["commitments/a.yaml", "nextstep.yaml"]
        assert _found(listing) == [
            ("NS051", "commitments/locked.yaml"),
            ("NS051", "commitments/shut"),
        ]
        for finding in listing.findings:
            assert finding.message == "this cannot be read: permission denied"

    try:
        _as_nobody(check)
    finally:
        os.close(folder)
        (tmp_path / "commitments/shut").chmod(0o755)


def test_a_file_that_is_replaced_again_and_again_is_always_there(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    ended = threading.Event()

    def replace() -> None:
        while not ended.is_set():
            write(tmp_path, {"commitments/.a.tmp": RECORD})
            (tmp_path / "commitments/.a.tmp").replace(tmp_path / "commitments/a.yaml")

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        for _ in range(300):
            listing = read_tree(str(tmp_path))
            assert [s.data.decode() for s in listing.sources] == [RECORD]
            assert listing.findings == ()
    finally:
        ended.set()
        writer.join()


def test_a_file_that_comes_and_goes_is_read_or_told(tmp_path: Path) -> None:
    write(tmp_path, {f"commitments/{n}.yaml": RECORD for n in range(30)})
    ended = threading.Event()
    path = tmp_path / "commitments/5.yaml"

    def toggle() -> None:
        while not ended.is_set():
            path.unlink()
            path.write_text(RECORD)

    writer = threading.Thread(target=toggle)
    writer.start()
    try:
        for _ in range(100):
            listing = read_tree(str(tmp_path))
            assert len(listing.sources) >= 29
            assert set(_found(listing)) <= {("NS051", "commitments/5.yaml")}
    finally:
        ended.set()
        writer.join()


def test_names_of_any_bytes_are_read_and_can_be_shown(tmp_path: Path) -> None:
    names = [
        b"-o",
        b"--help",
        b"a\nb",
        b"c\td",
        b"e\"f'g",
        b"h\xff",
        b"\xc3\xa4",
        b"i\x1b[2J",
        b" ",
    ]
    folder = tmp_path / "commitments" / os.fsdecode(b"\xfe")
    folder.mkdir(parents=True)
    for name in names:
        (folder / os.fsdecode(name + b".yaml")).write_text(RECORD)
    listing = read_tree(str(tmp_path))
    assert len(listing.sources) == len(names)
    for source in listing.sources:
        assert source.data.decode() == RECORD
        assert source.path.encode()
        assert source.path.startswith("commitments/\\udcfe/")
    assert any(path.endswith("/h\\udcff.yaml") for path in _paths(listing))
    assert {finding.path for finding in listing.findings if finding.code == "NS056"} == set(
        _paths(listing)
    )


def test_folders_may_be_nested_as_deep_as_the_system_allows(tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    with nested(tmp_path / "commitments", 1500) as folder:
        (folder / "x.yaml").write_text(RECORD)
        assert _paths(read_tree(str(tmp_path))) == [f"commitments/{'d/' * 1500}x.yaml"]


def test_names_that_end_in_a_longer_path_than_the_system_takes_are_told(tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    opened = os.open(tmp_path / "commitments", os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=opened)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=opened)
        os.close(opened)
        opened = inner
    os.close(opened)
    findings = read_tree(str(tmp_path)).findings
    (finding,) = (finding for finding in findings if finding.code == "NS051")
    assert finding.message == "this cannot be read: file name too long"


def test_hard_links_and_odd_modes_are_regular_files(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    os.link(tmp_path / "commitments/a.yaml", tmp_path / "commitments/b.yaml")
    (tmp_path / "commitments/a.yaml").chmod(0o4755)
    assert len(read_tree(str(tmp_path)).sources) == 2


def test_settings_under_another_name_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yml": "timezone: UTC\n"})
    assert _found(read_tree(str(tmp_path))) == [("NS058", "nextstep.yml")]


def test_reading_many_files_leaves_none_open(tmp_path: Path) -> None:
    for month in range(1, 13):
        folder = tmp_path / f"commitments/2026/{month:02}"
        folder.mkdir(parents=True)
        for n in range(100):
            (folder / f"a-{month}-{n}.yaml").write_text(RECORD)
    before = len(os.listdir("/dev/fd"))
    assert len(read_tree(str(tmp_path)).sources) == 1200
    assert len(os.listdir("/dev/fd")) == before
