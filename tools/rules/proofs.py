"""Finds tests and the requirement rows they say they prove, in C++, TypeScript and Python.

A comment "proves REL-3, REL-4" directly above a test names the rows; "REL-1..REL-4" names four.
SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.tree import Tree

ROW = re.compile(r"\b([A-Z]{2,5})-(\d+)\b")
_RANGE = re.compile(r"\b([A-Z]{2,5})-(\d+)\s*(?:\.\.+|…)\s*(?:\1-)?(\d+)\b")
_COMMENT = {"cpp": re.compile(r"^\s*///?\s?(.*)"), "web": re.compile(r"^\s*(?:///?|/?\*+)\s?(.*)"),
            "python": re.compile(r"^\s*#\s?(.*)")}
_PROVES = re.compile(r"^\s*proves\b(.*)")

_CPP_TEST = re.compile(
    r"^\s*(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)"
    r"\(\s*(\w+)\s*,\s*(\w+)")
_WEB_TEST = re.compile(
    r"^\s*(?:it|test)(?:\.\w+(?:\([^()]*\))?)*\(\s*(?:([\"'`])(.*?)(?<!\\)\1)?")
_PYTHON_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)\(")


@dataclass(frozen=True)
class Test:
    """One test as its source has it. `name` is "Suite.Name" in C++, the title elsewhere."""

    path: str
    line: int
    name: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Stray:
    """A "proves" comment with no test below it, or one that names no row."""

    path: str
    line: int
    reason: str


def is_test_source(path: str, kind: str) -> bool:
    if kind == "cpp":
        return path.endswith("_test.cpp") or path.startswith("tests/")
    if kind == "web":
        return bool(re.search(r"\.(test|spec|e2e)\.(tsx?|m?js)$", path))
    return kind == "python" and path.endswith("_test.py")


def rows_of(text: str) -> tuple[str, ...]:
    """The rows that `text` names, ranges written out, in order and once each."""
    rows: list[str] = []
    for match in _RANGE.finditer(text):
        first, last = int(match.group(2)), int(match.group(3))
        rows += [f"{match.group(1)}-{number}" for number in range(first, last + 1)]
    rows += [match.group(0) for match in ROW.finditer(text)]
    return tuple(dict.fromkeys(rows))


def read(tree: Tree) -> tuple[list[Test], list[Stray]]:
    """Every test of the project, and every "proves" comment that hangs in the air."""
    tests: list[Test] = []
    strays: list[Stray] = []
    for path in tree.paths():
        kind = tree.kind(path)
        if is_test_source(path, kind):
            for found in _read_file(path, kind, tree.text(path).split("\n")):
                (tests if isinstance(found, Test) else strays).append(found)
    return tests, strays


def _read_file(path: str, kind: str, lines: list[str]) -> Iterator[Test | Stray]:
    claim: tuple[int, str] | None = None  # line and text of the "proves" comment above
    for index, line in enumerate(lines):
        comment = _COMMENT[kind].match(line)
        said = _PROVES.match(comment.group(1)) if comment else None
        name = _test_name(kind, lines, index)
        if said:
            claim = (index + 1, claim[1] + " " + said.group(1) if claim else said.group(1))
        elif name is not None:
            rows = rows_of(claim[1]) if claim else ()
            if claim and not rows:
                yield Stray(path, claim[0], "names no row, such as REL-3")
            yield Test(path, index + 1, name, rows)
            claim = None
        elif claim and comment:
            claim = (claim[0], claim[1] + " " + comment.group(1))
        elif claim and not line.lstrip().startswith("@"):
            yield Stray(path, claim[0], "stands above no test: move it directly above one")
            claim = None
    if claim:
        yield Stray(path, claim[0], "stands above no test: move it directly above one")


def _test_name(kind: str, lines: list[str], index: int) -> str | None:
    """The test that starts on this line; its name may be on the next one."""
    text = lines[index]
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if kind == "cpp":
        found = _CPP_TEST.match(text) or (
            re.match(r"^\s*[A-Z_]+\(.*,?$", text) and _CPP_TEST.match(text + " " + following))
        return f"{found.group(1)}.{found.group(2)}" if found else None
    if kind == "python":
        found = _PYTHON_TEST.match(text)
        return found.group(1) if found else None
    found = _WEB_TEST.match(text)
    if found and found.group(2) is None:
        found = _WEB_TEST.match(text + following)
    return found.group(2) if found and found.group(2) is not None else None
