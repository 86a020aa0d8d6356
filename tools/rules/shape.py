"""Sizes of files and lines, the licence line, and lock files that work everywhere.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.tree import Finding, Tree

LINES_MOST = 300
COLUMNS_MOST = 100
LICENCE = "SPDX-License-Identifier: Apache-2.0"
LICENCE_WITHIN_LINES = 25


def check_sizes(tree: Tree) -> Iterator[Finding]:
    """A file that outgrows 300 lines is two ideas."""
    for path in tree.paths():
        if not tree.kind(path):
            continue
        lines = tree.text(path).splitlines()
        if len(lines) > LINES_MOST:
            yield Finding(path, LINES_MOST + 1, "length", f"{len(lines)} lines, {LINES_MOST} are "
                          "the most: it holds more than one idea, give each a file")
        if tree.kind(path) == "cmake":
            continue
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS_MOST:
                yield Finding(path, number, "width", f"{len(line)} columns, {COLUMNS_MOST} are the "
                              "most: break the line")


def check_licence(tree: Tree) -> Iterator[Finding]:
    """Each source says its licence near its top; a module's CMakeLists.txt is one line and is
    spared."""
    for path in tree.paths():
        spared = path.endswith("/CMakeLists.txt") or not tree.text(path).strip()
        if spared or not tree.kind(path):
            continue
        if LICENCE not in "\n".join(tree.text(path).split("\n")[:LICENCE_WITHIN_LINES]):
            yield Finding(path, 1, "licence", f'add the line "{LICENCE}" as a comment at the top')


def check_lock_files(tree: Tree) -> Iterator[Finding]:
    """A lock file names versions and hashes, not the server one developer happened to use."""
    for path in tree.paths():
        if not path.endswith("package-lock.json"):
            continue
        for number, line in enumerate(tree.text(path).split("\n"), 1):
            if '"resolved"' in line:
                yield Finding(path, number, "lock file", "a server's address: run npm install with "
                              "omit-lockfile-registry-resolved=true and commit again")
                break
