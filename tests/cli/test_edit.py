"""`nextstep edit`: real editors, real terminals, and everything that can come between."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from nextstep.cli.editors import command_line
from tests.commands import PROGRAM, Ran, run
from tests.conversation import Conversation
from tests.repositories import Made, environment, hostile_repository, make, write

OFFER = "commitments/2026/11/offer-k3f9.yaml"
BROKEN = "commitments/2026/11/site-5ezd.yaml"
TEXT = "what: Send it\nwho: dev\noutcome: She can decide\ndue: 2026-11-27\n"
FILES = {
    "nextstep.yaml": "timezone: UTC\npeople:\n  dev: {}\n",
    OFFER: TEXT,
    BROKEN: "what: [\n",
    "processes/review.yaml": "title: Review\n",
}


class Desk:
    """A ledger, and an editor that is a shell script."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "acme"
        self.made: Made | None = None
        self.editor = folder / "my editor"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.told = folder / "told"
        write(self.root, FILES)
        self.script("true")

    def script(self, *lines: str) -> None:
        """Let the editor do this; its last argument is `$f`, and what it was told is noted."""
        body = ["for f; do :; done", f'echo "$*" >> "{self.told}"', *lines]
        self.editor.write_text("\n".join(["#!/bin/sh", *body]) + "\n")
        self.editor.chmod(0o755)

    @property
    def environ(self) -> dict[str, str]:
        return {"VISUAL": f"'{self.editor}' -x", "TMPDIR": str(self.temporary)}

    def edit(self, *words: str, **env: str) -> Ran:
        return run("edit", *words, cwd=self.root, env={**self.environ, **env})

    def edit_in(self, place: Path) -> Ran:
        return run("edit", "k3f9", cwd=place, env=self.environ)

    def talk(self, *words: str) -> Conversation:
        return Conversation("edit", *words, cwd=self.root, env=self.environ)

    @property
    def text(self) -> str:
        return (self.root / OFFER).read_text()

    @property
    def kept(self) -> list[Path]:
        """The copies that are left."""
        return [path for path in self.temporary.rglob("*") if path.is_file()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


MEND = 'sed -i s/2026-02-30/2026-02-28/ "$f"'
SPOIL = 'sed -i s/2026-11-27/2026-02-30/ "$f"'
MOVE = 'sed -i s/2026-11-27/2026-12-04/ "$f"'


def test_what_was_typed_takes_the_place_of_the_file(desk: Desk) -> None:
    (desk.root / OFFER).chmod(0o640)
    desk.script(MOVE)
    ran = desk.edit("k3f9")
    assert (ran.code, ran.out) == (0, f"{OFFER}: saved.\n")
    assert desk.text == TEXT.replace("11-27", "12-04")
    assert stat.S_IMODE((desk.root / OFFER).stat().st_mode) == 0o640
    assert desk.kept == []
    assert desk.told.read_text().startswith("-x ")


def test_the_editor_works_on_a_copy_that_nobody_else_can_read(desk: Desk) -> None:
    desk.script('stat -c "%a" "$(dirname "$f")" >> "$0.modes"', 'basename "$f" >> "$0.modes"', MOVE)
    desk.edit("offer")
    assert desk.editor.with_name("my editor.modes").read_text() == "700\noffer-k3f9.yaml\n"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("offer-k3f9", OFFER),
        ("off", OFFER),
        ("review", "processes/review.yaml"),
        ("settings", "nextstep.yaml"),
        ("5ezd", BROKEN),
        ("site", BROKEN),
    ],
)
def test_a_file_is_named_as_everywhere_also_one_that_cannot_be_read(
    desk: Desk, typed: str, path: str
) -> None:
    desk.script('echo "# end" >> "$f"')
    before = (desk.root / path).read_text()
    assert desk.edit(typed, "--if-wrong", "keep").code == 0
    assert (desk.root / path).read_text() == f"{before}# end\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nothing", "there is no `nothing` in this ledger"),
        ("", "there is no ``"),
        ("../offer-k3f9", "there is no `../offer-k3f9`"),
        ("/etc/passwd", "there is no `/etc/passwd`"),
    ],
)
def test_what_is_no_name_is_never_a_path(desk: Desk, typed: str, said: str) -> None:
    ran = desk.edit(typed)
    assert ran.code == 2
    assert said in ran.err
    assert not desk.told.exists()


def test_the_editor_is_visual_then_editor_then_that_of_git(desk: Desk, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[core]\n\teditor = \"'{desk.editor}' of git\"\n")
    mine = f"'{desk.editor}'"
    choices: list[dict[str, str]] = [
        {"VISUAL": f"{mine} visual", "EDITOR": f"{mine} editor"},
        {"VISUAL": " ", "EDITOR": f"{mine} editor", "GIT_EDITOR": f"{mine} git"},
        {"VISUAL": "", "GIT_EDITOR": f"{mine} git"},
        {"VISUAL": "", "GIT_CONFIG_GLOBAL": str(settings)},
    ]
    make(desk.root)
    for choice in choices:
        desk.edit("k3f9", **choice)
    told = [line.rsplit(" ", 1)[0] for line in desk.told.read_text().splitlines()]
    assert told == ["visual", "editor", "git", "of git"]


def test_no_editor_is_taken_from_the_settings_of_a_repository(desk: Desk) -> None:
    made = make(desk.root)
    made.git("config", "core.editor", str(desk.editor))
    ran = desk.edit("k3f9", VISUAL="")
    assert ran.code == 2
    assert "there is no terminal for an editor here" in ran.err
    assert not desk.told.exists()


def test_what_is_the_same_is_not_written(desk: Desk) -> None:
    before = (desk.root / OFFER).stat().st_mtime_ns
    ran = desk.edit("k3f9")
    assert ran.code == 0
    assert ran.out.startswith(f"{OFFER}: nothing was changed.\nIf the editor is still open")
    desk.script("sleep 1.1")
    assert desk.edit("k3f9").out == f"{OFFER}: nothing was changed.\n"
    assert (desk.root / OFFER).stat().st_mtime_ns == before
    assert desk.kept == []


def test_errors_open_the_editor_again_at_the_first_of_them(desk: Desk) -> None:
    vim = desk.editor.with_name("vim")
    desk.editor = vim
    desk.script(f'if grep -q 02-30 "$f"; then {MEND}; else {SPOIL}; fi')
    with Conversation(
        "edit", "k3f9", cwd=desk.root, env={**desk.environ, "VISUAL": str(vim)}
    ) as on:
        on.until("A copy is edited: ")
        on.until("4 | due: 2026-02-30")
        on.answer("There is 1 error. What now?  [e]dit again  [k]eep as it is  [d]iscard", "e")
        code, _ = on.end()
    assert code == 0
    assert f"{OFFER}: saved" in on.seen
    assert "2026-02-28" in desk.text
    first, second = desk.told.read_text().splitlines()
    assert re.fullmatch(r"\S+/offer-k3f9\.yaml", first)
    assert re.fullmatch(r"\+4 \S+/offer-k3f9\.yaml", second)


def test_errors_can_be_kept(desk: Desk) -> None:
    desk.script(SPOIL)
    with desk.talk("k3f9") as on:
        on.answer("What now?", "keep")
        code, _ = on.end()
    assert code == 0
    assert f"{OFFER}: saved, with 1 error" in on.seen
    assert "2026-02-30" in desk.text


def test_errors_can_be_discarded(desk: Desk) -> None:
    desk.script(SPOIL)
    with desk.talk("k3f9") as on:
        on.answer("What now?", "x")
        on.answer("is none of them", "d")
        code, _ = on.end()
    assert code == 3
    assert "nothing was changed; the edit is discarded" in on.seen
    assert desk.text == TEXT
    assert desk.kept == []


def test_a_flag_answers_for_each(desk: Desk) -> None:
    desk.script(SPOIL)
    assert desk.edit("k3f9", "--if-wrong", "discard").code == 3
    assert desk.text == TEXT
    ran = desk.edit("k3f9", "--if-wrong", "edit")
    assert ran.code == 2
    assert "it is still as it was" in ran.err
    assert desk.edit("k3f9", "--if-wrong", "maybe").code == 2
    assert desk.edit("k3f9", "--if-wrong", "keep").code == 0
    desk.script(f'if grep -q 02-28 "$f"; then {MOVE}; else {MEND}; fi')
    assert desk.edit("k3f9", "--if-wrong", "edit").code == 0
    assert "2026-02-28" in desk.text


def test_without_a_terminal_and_an_answer_what_was_typed_is_kept(desk: Desk) -> None:
    desk.script(SPOIL)
    ran = desk.edit("k3f9")
    assert ran.code == 2
    assert "there is 1 error" in ran.err
    assert "say --if-wrong edit, keep or discard" in ran.err
    assert_kept(desk, ran.err)


def assert_kept(desk: Desk, said: str) -> None:
    """The file is as it was; what was typed is in the one copy, and that is said."""
    assert desk.text == TEXT
    (copy,) = desk.kept
    assert f"what you typed is in {copy}" in " ".join(said.split())
    assert copy.read_text() != TEXT


def test_warnings_are_shown_and_ask_nothing(desk: Desk) -> None:
    desk.script('sed -i "/outcome/d" "$f"')
    ran = desk.edit("k3f9")
    assert ran.code == 0
    assert "warning NS401 no-outcome" in ran.err
    assert ran.out == f"{OFFER}: saved, with 1 warning.\n"


def test_errors_that_it_makes_in_other_files_are_counted(desk: Desk) -> None:
    desk.script('sed -i s/dev:/mia:/ "$f"')
    ran = desk.edit("settings")
    assert ran.code == 2
    assert "1 new error in 1 other file; after saving `nextstep check` shows them" in ran.err
    ran = desk.edit("settings", "--if-wrong", "keep")
    assert ran.out == "nextstep.yaml: saved, with 1 new error in other files.\n"


def test_a_failing_editor_changes_nothing(desk: Desk) -> None:
    desk.script("exit 3")
    ran = desk.edit("k3f9")
    assert ran.code == 2
    assert f"the editor `{desk.editor}` ended with status 3" in ran.err
    assert desk.kept == []
    desk.script(MOVE, "kill -9 $$")
    ran = desk.edit("k3f9")
    assert ran.code == 2
    assert "was ended by signal 9" in ran.err
    assert_kept(desk, ran.err)


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor", "the editor `no-such-editor` could not be started"),
        ("vim 'x", "$VISUAL has a quote that is not closed"),
        ("''", "$VISUAL names no program"),
        ("/etc/passwd", "could not be started: Permission denied"),
    ],
)
def test_an_editor_that_is_not_there_is_named(desk: Desk, editor: str, said: str) -> None:
    ran = desk.edit("k3f9", VISUAL=editor)
    assert ran.code == 2
    assert said in ran.err
    assert desk.kept == []


def test_an_editor_that_removes_the_file_changes_nothing(desk: Desk) -> None:
    desk.script('rm "$f"')
    ran = desk.edit("k3f9")
    assert ran.code == 2
    assert "the edited copy cannot be read: No such file or directory" in ran.err
    assert desk.text == TEXT


def test_an_editor_may_put_another_file_in_its_place(desk: Desk) -> None:
    desk.script('cp "$f" "$f.new"', 'echo "# mine" >> "$f.new"', 'mv "$f.new" "$f"')
    assert desk.edit("k3f9").code == 0
    assert desk.text == f"{TEXT}# mine\n"


def test_a_file_that_was_changed_meanwhile_stays_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.script(MOVE, f'echo "partner: mia" >> "{desk.root / OFFER}"')
    ran = desk.edit("k3f9")
    assert ran.code == 4
    assert f"{OFFER} was changed meanwhile" in ran.err
    assert "take over from one into the other what is missing there, by hand" in ran.err
    assert desk.text == f"{TEXT}partner: mia\n"
    (copy,) = desk.kept
    assert f"what you typed is in {copy}" in ran.err
    assert "2026-12-04" in copy.read_text()


def test_a_file_that_was_removed_meanwhile_is_not_made_again(desk: Desk) -> None:
    desk.script(MOVE, f'rm "{desk.root / OFFER}"')
    ran = desk.edit("k3f9")
    assert ran.code == 2
    assert "could not be written: No such file or directory" in ran.err
    assert not (desk.root / OFFER).exists()
    assert len(desk.kept) == 1


def test_a_folder_that_cannot_be_written_to_is_said_before_anybody_types() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        desk = Desk(Path(place))
        folder = (desk.root / OFFER).parent
        folder.chmod(0o555)
        environ = {**environment(Path(place) / "home"), **desk.environ}
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        program = [*(nobody if os.geteuid() == 0 else []), *PROGRAM]
        if subprocess.run([*program, "--version"], capture_output=True, check=False).returncode:
            pytest.skip("the program lies in a folder that nobody but root may read")
        words = [*program, "edit", "k3f9"]
        ran = subprocess.run(words, cwd=desk.root, env=environ, capture_output=True, check=False)
        folder.chmod(0o755)
        assert ran.returncode == 2, ran.stderr
        assert b"is in a folder that you may not write to" in ran.stderr
        assert not desk.told.exists()


def test_ctrl_c_in_the_editor_is_the_editors(desk: Desk) -> None:
    desk.script(f"trap '{MOVE}; exit 0' INT", 'echo "ready"', "while :; do sleep 0.1; done")
    with desk.talk("k3f9") as on:
        on.until("ready")
        on.interrupt()
        code, _ = on.end()
    assert code == 0
    assert "2026-12-04" in desk.text


def test_ctrl_c_at_the_question_keeps_what_was_typed(desk: Desk) -> None:
    desk.script(SPOIL)
    with desk.talk("k3f9") as on:
        on.until("What now?")
        on.until("> ")
        on.interrupt()
        code, _ = on.end()
    assert code == 130
    assert_kept(desk, on.seen)


def test_the_end_of_the_input_at_the_question_keeps_what_was_typed(desk: Desk) -> None:
    desk.script(SPOIL)
    with desk.talk("k3f9") as on:
        on.until("What now?")
        on.until("> ")
        on.type("\x04", enter=False)
        code, _ = on.end()
    assert code == 2
    assert_kept(desk, on.seen)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_what_is_being_typed_is_kept(desk: Desk, number: signal.Signals) -> None:
    desk.script('touch "$0.began"', "sleep 3", 'echo "# typed" >> "$f"')
    words = [*PROGRAM, "edit", "k3f9"]
    environ = {**environment(desk.root.parent / "home"), **desk.environ}
    process = subprocess.Popen(words, cwd=desk.root, env=environ, stderr=subprocess.PIPE)
    wait_for(Path(f"{desk.editor}.began"))
    process.send_signal(number)
    said = (process.stderr.readline() if process.stderr else b"").decode()
    assert process.wait(60) == 128 + number
    assert process.stderr is not None
    process.stderr.close()
    (copy,) = desk.kept
    assert f"what you typed is in {copy}" in said
    until = time.monotonic() + 60
    while "# typed" not in copy.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert copy.read_text() == f"{TEXT}# typed\n"
    assert desk.text == TEXT


def wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert path.exists()


def test_a_kill_leaves_the_copy_whose_place_was_said(desk: Desk) -> None:
    desk.script(MOVE, "kill -9 $PPID", "sleep 0.2")
    with desk.talk("k3f9") as on:
        shown = on.until("offer-k3f9.yaml\n")
        code, _ = on.end()
    assert code == -signal.SIGKILL
    (copy,) = desk.kept
    assert str(copy) in shown
    assert "2026-12-04" in copy.read_text()
    assert desk.text == TEXT


def test_in_a_repository_the_last_line_commits_it(desk: Desk, tmp_path: Path) -> None:
    made = make(desk.root)
    desk.script(MOVE)
    line = desk.edit("k3f9").out.splitlines()[-1]
    assert line == f"git add -- {OFFER} && git commit -m 'Add offer-k3f9' -- {OFFER}"
    commit(made, line, desk.root)
    desk.script('sed -i s/12-04/12-11/ "$f"')
    inside = (desk.root / OFFER).parent
    line = desk.edit_in(inside).out.splitlines()[-1]
    assert line == "git commit -m 'Change offer-k3f9' -- offer-k3f9.yaml"
    commit(made, line, inside)
    desk.script('sed -i s/12-11/12-18/ "$f"')
    outside = run("-C", str(desk.root), "edit", "k3f9", cwd=tmp_path, env=desk.environ)
    line = outside.out.splitlines()[-1]
    assert line == f"git -C {desk.root} commit -m 'Change offer-k3f9' -- {OFFER}"
    commit(made, line, tmp_path)
    assert made.git("log", "--format=%s").splitlines() == [
        "Change offer-k3f9",
        "Change offer-k3f9",
        "Add offer-k3f9",
    ]


def commit(made: Made, line: str, where: Path) -> None:
    identity = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    subprocess.run(["sh", "-c", line], cwd=where, env={**made.environ, **identity}, check=True)


def test_a_bare_repository_has_nothing_to_edit(desk: Desk, tmp_path: Path) -> None:
    made = make(tmp_path / "other")
    made.commit(dict(FILES))
    made.clone(tmp_path / "bare.git", "--bare")
    ran = desk.edit_in(tmp_path / "bare.git")
    assert ran.code == 2
    assert "a bare repository has no files to edit" in ran.err


def test_in_a_hostile_repository_nothing_but_the_editor_runs(desk: Desk, tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    desk.script(MOVE)
    for words in (("edit", "k3f9"), ("fmt", "--diff"), ("fmt",)):
        ran = run(*words, cwd=hostile.path, env={**hostile.environ, **desk.environ})
        assert ran.code == 0, ran.err
        assert hostile.fired == []
    ran = run("edit", "k3f9", cwd=hostile.path, env={**hostile.environ, "TMPDIR": str(tmp_path)})
    assert "there is no terminal for an editor here, and none is named" in ran.err
    assert hostile.fired == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("vi", "vi +7 P"),
        ("/usr/bin/nvim -u x", "/usr/bin/nvim -u x +7 P"),
        ("vim.basic", "vim.basic +7 P"),
        ("nano", "nano +7 P"),
        ("emacsclient -t", "emacsclient -t +7 P"),
        ("gvim", "gvim --nofork +7 P"),
        ("gvim -f", "gvim -f +7 P"),
        ("code", "code --wait --goto P:7"),
        ("code -w", "code -w --goto P:7"),
        ("subl", "subl --wait P:7"),
        ("hx", "hx P:7"),
        ("ed", "ed P"),
    ],
)
def test_an_editor_is_told_the_line_and_to_wait_in_its_own_way(words: str, told: str) -> None:
    assert command_line(words.split(), "P", 7) == told.split()
    assert command_line(words.split(), "P", None)[-1] == "P"
