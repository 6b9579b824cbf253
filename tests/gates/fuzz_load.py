"""Feed the reader broken files: `python tests/gates/fuzz_load.py N [SEED]`.

Three kinds in turn: a good file with a few mutations, pieces of YAML in random order, random
bytes. Each must come back as a document with, if it cannot be read, findings that have a place and
a remedy; within one second, and all of them within 100 MB above the start. Prints the count, the
slowest input and the peak of memory; exits with 1 on the first failure and shows the input.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.files.load import load
from nextstep.files.syntax import parse
from nextstep.model.source import Source

ROOT = Path(__file__).resolve().parents[2]
PIECES = [
    piece.encode("utf-8", "surrogatepass")
    for piece in [
        *"[]{},:-?&*!|>'\"%@`#~<=\\ \t\n\r\0\x1b\x7f\x85\xa0é\u0301\u200b\u200d\u202e\u2028\ufeff",
        *(
            "😀",
            "👩\u200d💻",
            "\ufe0f",
            "\U000e0061",
            "\ud800",
            "漢",
            "שלום",
            "\u0645\u06cc\u200c\u062e",
        ),
        *(
            "\r\n",
            "\n  ",
            "\n- ",
            ": ",
            " #",
            " #1",
            "- - ",
            "? ",
            "---\n",
            "\n...\n",
            "%YAML 1.1\n",
        ),
        *(
            "<<: ",
            "<<<<<<< a\n",
            "=======\n",
            ">>>>>>> b\n",
            "!!int ",
            "!x!y ",
            "&a ",
            "*a",
            "|\n  ",
        ),
        *(
            ">-\n",
            "|2\n",
            "'it''s'",
            '"\\x41"',
            '"\\ud800"',
            '"\\e"',
            "a: b",
            "{a: b, c}",
            "[x, y]",
        ),
        *("what: ", "due: 2026-11-27\n", "log:\n", "  - {at: ", "who: dev\n", "[" * 20, "{" * 20),
        *("- " * 20, "\n" + " " * 70, "a" * 2000, "x: [" + "y," * 400 + "]\n"),
    ]
]
SECOND, MEGABYTES = 1.0, 100.0


def read(source: Source) -> None:
    """Read and load one file; check what comes back."""
    document = parse(source)
    if (document.root is None) != any(map(is_error, document.findings)):
        message = "a file without nodes must have an error, and one with nodes none"
        raise AssertionError(message)
    loaded = load(source)
    if loaded.record is None and not any(map(is_error, loaded.findings)):
        message = "a file without a record must have an error"
        raise AssertionError(message)
    for found in loaded.findings:
        if found.span is None or found.span.line < 1 or found.span.column < 1 or not found.hint:
            message = f"{found.code} has no place or no remedy"
            raise AssertionError(message)


def is_error(found: Diagnostic) -> bool:
    """Return whether a finding is an error."""
    return found.severity is Severity.ERROR


def good_files() -> list[Source]:
    """Return the files of the project's own ledger."""
    folders = ("nextstep.yaml", "processes/**/*.yaml", "commitments/**/*.yaml")
    paths = sorted(path for folder in folders for path in ROOT.glob(folder))
    return [Source(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in paths]


def mutated(chance: random.Random, text: bytes) -> bytes:
    """Return a text with one to four pieces deleted, doubled, put in or changed."""
    data = bytearray(text)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 5, 30)))
        match chance.randrange(5):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = data[at:end]
            case 2 | 3:
                data[at:at] = chance.choice(PIECES)
            case _:
                data[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(data)


def inputs(seed: int) -> Callable[[int], Source]:
    """Return the maker of the n-th input; the same seed makes the same inputs."""
    files = good_files()

    def make(number: int) -> Source:
        chance = random.Random(f"{seed}/{number}")
        kind = number % 4
        origin = chance.choice(files)
        if kind < 2:
            return Source(origin.path, mutated(chance, origin.data))
        if kind == 2:
            return Source(origin.path, b"".join(chance.choices(PIECES, k=chance.randint(1, 30))))
        return Source(origin.path, chance.randbytes(chance.randint(0, 60)))

    return make


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main(count: int, seed: int) -> int:
    """Read ``count`` inputs; return the exit code."""
    make = inputs(seed)
    for source in good_files():
        read(source)
    before, slowest, slowest_input = peak_megabytes(), 0.0, b""
    for number in range(count):
        source = make(number)
        started = time.process_time()  # its own time, not that of its neighbours
        try:
            read(source)
        except Exception:  # noqa: BLE001 - whatever comes out is what this looks for
            traceback.print_exc()
            print(f"input {number} of seed {seed}, {source.path}: {source.data!r}")
            return 1
        took = time.process_time() - started
        if took > slowest:
            slowest, slowest_input = took, source.data
    grown = peak_megabytes() - before
    print(
        f"{count} inputs, slowest {slowest * 1000:.1f} ms ({len(slowest_input)} bytes), "
        f"memory grew by {grown:.1f} MB to {peak_megabytes():.1f} MB"
    )
    if slowest > SECOND or grown > MEGABYTES:
        print(f"too much: at most {SECOND} s and {MEGABYTES} MB; slowest: {slowest_input!r}")
        return 1
    return 0


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(numbers + [1000, 1][len(numbers) :])))
