"""Joins requirement rows, the tests that name them and the results those tests had.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass

from rules import proofs, requirements
from rules.tree import Tree

_SEPARATORS = (" > ", " › ")


@dataclass(frozen=True)
class Line:
    """One row of the table; `state` is pass, FAIL, "not run" or unproven."""

    row: str
    kind: str
    tests: tuple[str, ...]
    state: str


class Results:
    """Whether tests passed, by the names their runners gave them."""

    def __init__(self) -> None:
        self._passed: dict[str, bool] = {}

    def add_junit(self, text: str) -> None:
        """Adds one JUnit file. A skipped or disabled test has no result."""
        for case in ElementTree.fromstring(text).iter("testcase"):
            skipped = case.find("skipped") is not None
            if skipped or case.get("status") in ("disabled", "notrun"):
                continue
            failed = case.find("failure") is not None or case.find("error") is not None
            failed = failed or case.get("status") == "fail"
            for name in self._names(case.get("name") or ""):
                self._passed[name] = self._passed.get(name, True) and not failed

    @staticmethod
    def _names(name: str) -> set[str]:
        """The name without its groups, and without the parameters of a parametrised test."""
        short = name
        for separator in _SEPARATORS:
            short = short.rsplit(separator, 1)[-1]
        bare = re.sub(r"\s+# GetParam\(\).*", "", name)
        match = re.fullmatch(r"(?:\w+/)?([A-Za-z_]\w*)(?:/[^.]+)?\.(\w+)(?:/.*)?", bare)
        return {name, short} | ({f"{match.group(1)}.{match.group(2)}"} if match else set())

    def of(self, test: proofs.Test) -> bool | None:
        """True passed, False failed, None no result. A script run as one ctest entry is called
        like its file."""
        stem = test.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        names = (test.name, stem) if test.path.endswith(".py") else (test.name,)
        return next((self._passed[name] for name in names if name in self._passed), None)


def table(tree: Tree, results: Results) -> list[Line]:
    """A line for each requirement in the order of docs/requirements.md."""
    tests, _ = proofs.read(tree)
    lines = []
    for row in requirements.rows(tree):
        own = [test for test in tests if row.id in test.rows]
        outcomes = [results.of(test) for test in own]
        if not own:
            state = "unproven"
        elif False in outcomes:
            state = "FAIL"
        elif None in outcomes:
            state = "not run"
        else:
            state = "pass"
        lines.append(Line(row.id, row.kind, tuple(test.name for test in own), state))
    return lines


def render(lines: list[Line]) -> str:
    """The table as text, and a closing line with its sums."""
    width = max([len(line.row) for line in lines], default=3)
    shown = [f"{'row':{width}}  kind  tests  result    proven by"]
    for line in lines:
        shown.append(f"{line.row:{width}}  {line.kind:4}  {len(line.tests):5}  {line.state:8}  "
                     + ", ".join(line.tests))
    sums = Counter(line.state for line in lines)
    states = ("pass", "FAIL", "not run", "unproven")
    shown.append(f"{len(lines)} rows: " + ", ".join(f"{sums[state]} {state}" for state in states))
    return "\n".join(line.rstrip() for line in shown)
