"""docs/safety.md, once it is there: every test it names exists and every row it names is known.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import proofs, requirements
from rules.tree import Finding, Tree

CASE = "docs/safety.md"
_TEST_NAME = re.compile(r"`([A-Z]\w*\.[A-Z]\w*)`")


def check(tree: Tree) -> Iterator[Finding]:
    """A safety case that points at nothing is worse than none."""
    if not tree.has(CASE):
        return
    tests = {test.name for test in proofs.read(tree)[0]}
    known = {row.id for row in requirements.rows(tree)}
    column = None  # of "test" in the table that the line belongs to
    for number, line in enumerate(tree.text(CASE).split("\n"), 1):
        named = _TEST_NAME.findall(line)
        for name in named:
            if name not in tests:
                yield Finding(CASE, number, "safety", f"there is no test {name}: write it, or name "
                              "the one that shows this")
        for row in proofs.rows_of(line):
            if known and row not in known and row.split("-")[0] in {k.split("-")[0] for k in known}:
                yield Finding(CASE, number, "safety", f"{row} is no row of {requirements.TABLE}")
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|"):
            column = None
        elif column is None:
            headings = [cell.lower() for cell in cells]
            column = next((i for i, head in enumerate(headings) if head in ("test", "tests")), -1)
        elif column >= 0 and not set(line) <= set("|-: ") and not (
                column < len(cells) and _TEST_NAME.search(cells[column])):
            yield Finding(CASE, number, "safety", "this hazard names no test: write `Suite.Name` "
                          'in its column "test"')
