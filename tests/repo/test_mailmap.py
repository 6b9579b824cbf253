"""The lines of a `.mailmap` name who signed, by address, or by name and address."""

from __future__ import annotations

import pytest

from nextstep.repo.mailmap import parsed_mailmap


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (b"Devi Rao <dev@example.org>", "Devi Rao"),
        (b"Devi Rao <devi@example.org> <DEV@EXAMPLE.ORG>", "Devi Rao"),
        (b"Devi Rao <devi@example.org> dev <dev@example.org>", "Devi Rao"),
        (b"Devi Rao <devi@example.org> Other <dev@example.org>", "Dev"),
        (b"<devi@example.org> <dev@example.org>", "Dev"),
        (b"# Devi Rao <dev@example.org>", "Dev"),
        (b"Devi Rao <lena@example.org>", "Dev"),
        (b"Devi Rao dev@example.org", "Dev"),
        (b"Ren\xe9 <dev@example.org>", "Ren\ufffd"),
        (b"", "Dev"),
    ],
)
def test_a_line_names_whom_it_is_about(line: bytes, label: str) -> None:
    assert parsed_mailmap(line + b"\n").label("Dev", "dev@example.org") == label


def test_a_line_with_a_name_counts_more_than_one_without_and_a_later_more_than_an_earlier() -> None:
    mailmap = parsed_mailmap(b"One <one@x> Dev <dev@x>\nTwo <dev@x>\nThree <dev@x>\n")
    assert mailmap.label("Dev", "dev@x") == "One"
    assert mailmap.label("Somebody", "dev@x") == "Three"
