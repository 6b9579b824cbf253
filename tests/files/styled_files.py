"""Files in every style that is accepted: for the laws of changes and of the layout."""

from __future__ import annotations

from random import Random

WORDS = (
    "Send Lena the offer",
    "no",
    "2026-11-27",
    "it's",
    'she said "yes"',
    "a: b",
    "fix #12",
    "x, y",
    "[brackets]",
    "-5",
    "~",
    "null",
    "ends with:",
    "@lena",
    "grün ✓ 漢字",
    "https://example.org/a?b=c#d",
    "C:\\temp",
    "100%",
    " spaces ",
    "tab\there",
    "two\nlines",
    "two\n\n  lines #3",
    "...",
    "---",
    "<<",
    "= x",
    "{a: b}",
    "|",
)
"""Texts that a careless writer would spoil."""

_COMMENTS = ("# why", "#", "#: 'x\" [", "# a: b", "# ---")
_KEYS = "what who with outcome due partner source part_of after follows repeat".split()
_LISTS = frozenset(["with", "after"])


class Writer:
    """Writes one file by chance: LF or CRLF, with or without byte order mark, last line end."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.lines: list[str] = []

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def often(self, part: float) -> bool:
        return self.chance.random() < part

    def commitment(self) -> bytes:
        """Return a commitment with some fields in some order, and perhaps a log."""
        keys = [key for key in _KEYS if key == "what" or self.often(0.5)]
        if self.often(0.3):
            self.chance.shuffle(keys)
        if self.often(0.2):
            self.lines.append(self.one("# A file", "# yaml-language-server: $schema=x", "---"))
        for key in keys:
            self.between("")
            self.list_field(key) if key in _LISTS else self.text_field(key, "")
        self.log()
        self.between("")
        return self.data()

    def run(self) -> bytes:
        """Return a run with inputs, people and steps in lines and in braces."""
        self.lines += ["title: Move", "inputs: " + self.one("{}", "{a: 1, 'b': x}", "", "~")]
        self.lines.append("people:")
        for name in ("legal", "contributor/finance", "sales"):
            self.between("  ")
            self.text_field(name, "  ")
        self.lines.append("steps:")
        indent = self.one("", "  ", "    ")
        for number in range(self.chance.randint(1, 4)):
            self.between(indent)
            if self.often(0.3):
                self.lines.append(f"{indent}- {{id: s{number}, do: {self.inside()}}}")
                continue
            self.lines.append(f"{indent}- id: s{number}{self.remark()}")
            for key in ("do", "who", "rule", "due", "done_when"):
                if key == "do" or self.often(0.5):
                    self.between(f"{indent}  ")
                    self.text_field(key, f"{indent}  ")
        self.log()
        return self.data()

    def data(self) -> bytes:
        end = self.one("\n", "\n", "\r\n")
        text = end.join(self.lines) + (end if self.often(0.8) else "")
        mark = "\ufeff" if self.often(0.1) else ""
        return (mark + text).encode()

    def between(self, indent: str) -> None:
        """Perhaps write blank lines and comments."""
        while self.often(0.25):
            deeper = self.one("", "", "  ", "      ")
            self.lines.append(self.one("", indent + deeper + self.one(*_COMMENTS), ""))

    def remark(self) -> str:
        return f"{self.one(' ', '   ')}{self.one(*_COMMENTS)}" if self.often(0.2) else ""

    def key(self, name: str) -> str:
        quote = self.one("", "", "", "'", '"')
        return f"{quote}{name}{quote}{self.one('', '', '', ' ')}:"

    def text_field(self, name: str, indent: str) -> None:
        style = self.chance.randrange(10)
        key = f"{indent}{self.key(name)}"
        if style < 5:
            self.lines.append(f"{key} {self.scalar()}{self.remark()}")
        elif style == 5:
            self.lines.append(f"{key}{self.one('', ' ~', ' null')}{self.remark()}")
        elif style == 6:
            self.lines += [f"{key}{self.remark()}", f"{indent}  {self.scalar()}{self.remark()}"]
        elif style == 7:
            self.lines += [
                f'{key} "one',
                "",
                f"{indent}  two \\",
                f'{indent}  three"{self.remark()}',
            ]
        else:
            sign = self.one("|", ">", "|-", ">-", ">+", "|2")
            self.lines.append(f"{key} {sign}{self.remark()}")
            self.lines += [f"{indent}  one # no comment", *self.blank(), f"{indent}  two: {{"]

    def blank(self) -> list[str]:
        return [""] if self.often(0.3) else []

    def scalar(self) -> str:
        return self.one("plain words", "two  words", "it's", "2026-11-27", self.inside())

    def inside(self) -> str:
        return self.one("dev", "'it''s: #1'", '"a \\"b\\" \\u00e9"', "x:y", "grün", "''")

    def list_field(self, name: str) -> None:
        style = self.chance.randrange(7)
        key = self.key(name)
        many = [self.inside() for _ in range(self.chance.randint(1, 3))]
        if style == 0:
            self.lines.append(f"{key} {self.one('', '[]', '[ ]', 'dev')}{self.remark()}")
        elif style < 4:
            space, comma = self.one("", " "), self.one("", "", ",")
            listed = ", ".join(many)
            self.lines.append(f"{key} [{space}{listed}{comma}{space}]{self.remark()}")
        elif style == 4:
            self.lines += [
                f"{key} [{self.remark()}",
                *(f"    {one},{self.remark()}" for one in many),
            ]
            self.lines.append(f"  ]{self.remark()}")
        else:
            indent = self.one("", "  ")
            self.lines.append(f"{key}{self.remark()}")
            for one in many:
                self.between(indent)
                self.lines.append(f"{indent}- {one}{self.remark()}")

    def log(self) -> None:
        if self.often(0.4):
            return
        self.between("")
        style = self.chance.randrange(6)
        if style == 0:
            self.lines.append(f"log:{self.one('', ' []', ' ~')}{self.remark()}")
            return
        if style == 1:
            self.lines.append("log: [{at: 2026-11-12T15:10Z, by: dev, event: agreed}]")
            return
        indent = self.one("", "  ")
        self.lines.append(f"log:{self.remark()}")
        for minute in self.chance.sample(range(10, 60), self.chance.randint(1, 3)):
            self.between(indent)
            at = f"2026-11-12T15:{minute}Z"
            if self.often(0.7):
                said = f"{{at: {at}, by: dev, event: noted, text: {self.inside()}}}"
                self.lines.append(f"{indent}- {said}{self.remark()}")
            else:
                self.lines += [f"{indent}- at: {at}", f"{indent}  by: dev{self.remark()}"]
                self.lines += [f"{indent}  event: noted", f"{indent}  text: |", f"{indent}    one"]


def styled(chance: Random) -> tuple[str, bytes]:
    """Return a path and the bytes of a file."""
    writer = Writer(chance)
    data = writer.run() if chance.random() < 0.3 else writer.commitment()
    return "commitments/2026/11/styled-k3f9.yaml", data
