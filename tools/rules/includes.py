"""Who may include whom: the table of docs/architecture.md as data.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator
from fnmatch import fnmatch

from rules.tree import Finding, Tree, blank

# Folder -> patterns of what its files may include. A longer folder name wins over a shorter one.
ALLOWED = {
    "core": ("core/*", "wire/*"),
    "wire": ("wire/*", "core/units.hpp", "core/result.hpp", "core/assert.hpp",
             "core/settings*.hpp"),
    "plant": ("plant/*", "core/units.hpp"),
    "sim": ("sim/*", "core/*", "wire/*", "plant/*"),
    "scenarios": ("scenarios/*", "sim/*", "core/*", "wire/*", "plant/*"),
    "gateway": ("gateway/*", "wire/*", "core/units.hpp", "core/result.hpp", "core/assert.hpp",
                "core/settings*.hpp", "core/setting_values.hpp"),
    # The numbers of events and faults that the app link carries, to say them in words.
    "gateway/app_link": ("gateway/*", "wire/*", "core/units.hpp", "core/result.hpp",
                         "core/assert.hpp", "core/settings*.hpp", "core/setting_values.hpp",
                         "core/event_log.hpp", "core/pack_link.hpp"),
    "boards": ("boards/*", "core/*", "wire/*"),
    "boards/wasm": ("boards/*", "core/*", "wire/*", "plant/*", "sim/*"),
    "tests": ("*",),
    "bench": ("*",),
}
# These files of the gateway, and no others, may also include the simulator.
MAY_INCLUDE_SIM = ("gateway/sources/twin*", "gateway/commands/emulate*",
                   "gateway/commands/simulate*")
MODULES = ("core", "wire", "plant", "sim", "scenarios", "gateway",
           "boards", "tests", "bench", "app")

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def allowed_for(path: str) -> tuple[str, ...] | None:
    """The patterns for one file; None when the table says nothing about its folder."""
    folders = [folder for folder in ALLOWED if path.startswith(folder + "/")]
    if not folders:
        return None
    allowed = ALLOWED[max(folders, key=len)]
    if any(fnmatch(path, pattern) for pattern in MAY_INCLUDE_SIM):
        allowed += ("sim/*", "scenarios/*")
    return allowed


def project_includes(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, quote, name) of each include of C++ `text`, comments ignored."""
    code = blank(text, strings=False)
    for match in _INCLUDE.finditer(code):
        yield code.count("\n", 0, match.start(2)) + 1, match.group(1), match.group(2)


def reached(root: str | pathlib.Path, path: str, seen: set[str] | None = None) -> set[str]:
    """`path` and every project header it includes, directly or not, below `root`."""
    seen = set() if seen is None else seen
    file = pathlib.Path(root) / path
    if path in seen or not file.is_file():
        return seen
    seen.add(path)
    for _, quote, name in project_includes(file.read_text(encoding="utf-8")):
        if quote == '"':
            reached(root, name, seen)
    return seen


def only_for_tests(tree: Tree) -> set[str]:
    """Tests, and headers that nothing but tests includes (tables of expectations)."""
    includers: dict[str, set[str]] = {}
    for path in tree.paths():
        if tree.kind(path) == "cpp":
            for _, quote, name in project_includes(tree.text(path)):
                if quote == '"':
                    includers.setdefault(name, set()).add(path)
    found = {path for path in tree.paths()
             if path.endswith("_test.cpp") or path.startswith("tests/")}
    growing = True
    while growing:
        more = {name for name, by in includers.items() if by <= found} - found
        found |= more
        growing = bool(more)
    return found


def check(tree: Tree) -> Iterator[Finding]:
    """Rooted includes that the table allows; tests may also include what tests share."""
    tests = only_for_tests(tree)
    for path in tree.paths():
        allowed = allowed_for(path)
        if allowed is None or tree.kind(path) != "cpp":
            continue
        if path in tests:
            allowed += ("tests/*",)
        for line, quote, name in project_includes(tree.text(path)):
            advice = _advice(path, quote, name, allowed)
            if advice:
                yield Finding(path, line, "include", advice)


def _advice(path: str, quote: str, name: str, allowed: tuple[str, ...]) -> str:
    ours = name.split("/")[0] in MODULES and "/" in name
    if quote == "<" and ours:
        return f'write "{name}" in quotes: angle brackets are for other people\'s headers'
    if quote == "<":
        return ""
    if "../" in name or not ours:
        return f'write the path from the repository\'s root instead of "{name}"'
    if any(fnmatch(name, pattern) for pattern in allowed):
        return ""
    folder = path.split("/")[0]
    return (f'{folder}/ may not include "{name}" (docs/architecture.md); '
            "pass the value in, or move what both need")
