"""docs/requirements.md against the tests: every row is proven, or listed as open with a reason.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules import proofs
from rules.tree import Finding, Tree

TABLE = "docs/requirements.md"
OPEN = "tools/rows_open.txt"

_TABLE_ROW = re.compile(r"^\|\s*([A-Z]{2,5}-\d+)\s*\|\s*([MX])\s*\|\s*(.*?)\s*\|\s*$")


@dataclass(frozen=True)
class Row:
    """One requirement; `kind` is "M" (the manual) or "X" (beyond it)."""

    id: str
    kind: str
    text: str
    line: int


def rows(tree: Tree) -> list[Row]:
    """The rows of docs/requirements.md in their order there."""
    if not tree.has(TABLE):
        return []
    found = []
    for number, line in enumerate(tree.text(TABLE).split("\n"), 1):
        match = _TABLE_ROW.match(line)
        if match:
            found.append(Row(match.group(1), match.group(2), match.group(3), number))
    return found


def open_rows(tree: Tree) -> dict[str, tuple[int, str]]:
    """Row -> (line, reason) of tools/rows_open.txt: "REL-9: not built yet: enumeration"."""
    found = {}
    if tree.has(OPEN):
        for number, line in enumerate(tree.text(OPEN).split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                row, _, reason = line.partition(":")
                found[row.strip()] = (number, reason.strip())
    return found


def check(tree: Tree) -> Iterator[Finding]:
    """Tests, the table and the list of open rows say the same."""
    tests, strays = proofs.read(tree)
    for stray in strays:
        yield Finding(stray.path, stray.line, "requirement", f'this "proves" {stray.reason}')
    if not tree.has(TABLE):
        return
    known = {row.id: row for row in rows(tree)}
    still_open = open_rows(tree)
    proven = {row for test in tests for row in test.rows}
    for test in tests:
        for row in test.rows:
            if row not in known:
                yield Finding(test.path, test.line, "requirement",
                              f"{row} is no row of {TABLE}: correct the id")
    for row in known.values():
        if row.id not in proven and row.id not in still_open:
            yield Finding(TABLE, row.line, "requirement", f"no test names {row.id}: write "
                          f'"// proves {row.id}" above one, or give the reason in {OPEN}')
    yield from _check_open(known, still_open, proven)


def without_proven(tree: Tree) -> str:
    """The text of tools/rows_open.txt without the rows that a test proves."""
    proven = {row for test in proofs.read(tree)[0] for row in test.rows}
    lines = tree.text(OPEN).splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0].strip() not in proven)


def _check_open(known: dict[str, Row], still_open: dict[str, tuple[int, str]],
                proven: set[str]) -> Iterator[Finding]:
    for row, (line, reason) in still_open.items():
        if row not in known:
            yield Finding(OPEN, line, "requirement", f"{row} is no row of {TABLE}: delete the line")
        elif row in proven:
            yield Finding(OPEN, line, "requirement", f"a test proves {row}: delete the line, or "
                          "let tools/tidy --fix do it")
        elif not reason:
            yield Finding(OPEN, line, "requirement", f'write "{row}: why it is open"')
