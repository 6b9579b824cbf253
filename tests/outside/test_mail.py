"""A digest goes through a mail server of other people, and their parsers read it back.

aiosmtpd and mail-parser come with `nox -s outside`; msmtp, maildrop (reformime) and mpack (munpack)
from Debian: what is not installed is skipped.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import write

pytestmark = pytest.mark.outside

WHAT = "Send Zoë & 李 the <b>offer</b>: 100 %, ::stop-commands::x.\n. and more"
SETTINGS = "timezone: Europe/Berlin\npeople: {ana: {emails: [ana@acme.example]}}\n"
LATE = "what: {0}\nwho: ana\noutcome: They can decide\ndue: 2026-11-20\n"
_PATIENCE = 30.0


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The mail as `nextstep digest` prints it."""
    folder = tmp_path_factory.mktemp("ledger")
    what = " ".join(WHAT.split("\n"))
    write(folder, {"nextstep.yaml": SETTINGS, "commitments/a.yaml": LATE.format(f"'{what}'")})
    words = ("--for", "ana", "--from", "cron@acme.example", "--format", "mail")
    ran = run("-C", str(folder), "digest", *words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a mail server, and the mailbox in which it keeps everything."""
    pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed: nox -s outside does that")
    box = tmp_path_factory.mktemp("server") / "box"
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    words = ["-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", str(box)]
    with subprocess.Popen([sys.executable, "-m", "aiosmtpd", *words]) as program:
        try:
            _wait_for(port)
            yield port, box
        finally:
            program.terminate()


def _wait_for(port: int) -> None:
    latest = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < latest, "the server does not answer"
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def received(mail: bytes, server: tuple[int, Path]) -> bytes:
    """The mail as the server has it, sent as sendmail is by the lines for cron."""
    port, box = server
    host = ["--file=/dev/null", "--host=127.0.0.1", f"--port={port}", "--from=cron@acme.example"]
    subprocess.run([_program("msmtp"), *host, "-i", "-t"], input=mail, check=True)
    (path,) = (box / "new").iterdir()
    return path.read_bytes()


def test_the_server_has_the_very_mail_for_the_one_receiver(mail: bytes, received: bytes) -> None:
    head, _, body = received.partition(b"\n\n")
    assert body.rstrip() == mail.partition(b"\n\n")[2].rstrip()
    assert b"X-RcptTo: ana@acme.example\n" in head + b"\n"
    assert set(mail.partition(b"\n\n")[0].splitlines()) <= set(head.splitlines())


def test_mail_parser_reads_the_headers_and_both_parts(received: bytes) -> None:
    mailparser = pytest.importorskip(
        "mailparser", reason="mail-parser is not installed: nox -s outside does that"
    )
    found = mailparser.parse_from_bytes(received)
    assert not found.has_defects
    assert found.subject.startswith("Week 47 · ana · 1 needs you")
    assert found.to == [("", "ana@acme.example")]
    assert found.from_ == [("", "cron@acme.example")]
    assert found.message_id.endswith("@nextstep.invalid>")
    assert found.attachments == []
    (text,), (page,) = found.text_plain, found.text_html
    told = " ".join(text.split())
    assert "Send Zoë & 李 the <b>offer</b>: 100 %, \\u{3a}:stop-commands::x. . and more" in told
    assert "Zoë &amp; 李 the &lt;b&gt;offer&lt;/b&gt;" in page


def test_reformime_finds_three_sections_and_nothing_to_complain_about(received: bytes) -> None:
    def reformime(*words: str) -> str:
        done = subprocess.run(
            [_program("reformime"), *words], input=received, capture_output=True, check=True
        )
        assert done.stderr == b""
        return done.stdout.decode()

    kinds = [line for line in reformime("-i").splitlines() if line.startswith("content-type: ")]
    assert [kind.split()[1] for kind in kinds] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "Zoë & 李" in reformime("-s", "1.1", "-e")
    assert reformime("-s", "1.2", "-e").startswith("<!doctype html>")


def test_munpack_takes_the_parts_apart(received: bytes, tmp_path: Path) -> None:
    (tmp_path / "mail").write_bytes(received)
    done = subprocess.run(
        [_program("munpack"), "-t", "mail"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "(text/plain)" in done.stdout
    assert "(text/html)" in done.stdout
    texts = [path.read_text("utf-8") for path in tmp_path.iterdir() if path.name != "mail"]
    assert sum("NEEDS YOU" in text for text in texts) == 1
    assert sum(text.startswith("<!doctype html>") for text in texts) == 1
