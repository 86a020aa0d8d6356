"""Words that must not appear: in the deterministic modules, and anywhere.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.includes import only_for_tests
from rules.tree import Finding, Tree, blank

FREESTANDING = ("core", "wire")
DETERMINISTIC = ("core", "wire", "plant", "sim")
WORLD = ("plant", "sim")

# The Linux home of the asserts: it alone in core/ may speak to a terminal.
HOST_HOME = "core/assert_host.cpp"

# (folders, pattern, what to do instead); matched against code without comments and strings.
MODULE_WORDS = (
    (DETERMINISTIC, r"\b(system_clock|steady_clock|high_resolution_clock|clock_gettime)\b",
     "time is an argument: take an Instant"),
    (DETERMINISTIC, r"\bstd::rand\b|\bsrand\b|\brandom_device\b|\bmt19937(_64)?\b",
     "randomness is a seed: take the project's own generator as an argument"),
    (DETERMINISTIC, r"\bj?thread\b|\bmutex\b|\bpthread_\w+|\bstd::async\b",
     "one step function, called by one caller: no threads or locks here"),
    (DETERMINISTIC, r"\b[un]?(nano)?sleep(_for|_until)?\b",
     "nothing waits here: return, and be called again with a later Instant"),
    (DETERMINISTIC, r"\bnew\b",
     "no heap by hand: use a value, an array or, in plant/ and sim/, a container"),
    (DETERMINISTIC, r"\b(malloc|calloc|realloc)\b", "no heap by hand: use a value or an array"),
    (FREESTANDING, r"\bstd::(vector|string|map|unordered_map|set|deque|list|function|any)\b",
     "no heap in core/ and wire/: use std::array with a proven bound, or std::span"),
    (FREESTANDING, r"\b(float|double)\b",
     "integers only in core/ and wire/: use a unit class, divide last, say the rounding"),
    (FREESTANDING, r"\b(throw|try|catch)\b", "return a Result, or assert on a bug"),
    (FREESTANDING, r"\w*printf\b|\b(iostream|cout|cerr|puts)\b",
     "no output in core/ and wire/: return the value and let the caller show it"),
    (WORLD, r"\bstd::(exp2?|expm1|pow|sin|cos|tan|a(sin|cos|tan2?)|sinh|cosh|tanh|log(2|10|1p)?"
            r"|cbrt|hypot|erfc?|[lt]gamma)\b|<math\.h>",
     "results of libm differ between platforms: use a table or + - * / and std::sqrt"),
)

# Split so that this file does not contain what it forbids.
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\bfor" r" now\b")
# First folders of paths that exist on somebody's machine only.
MACHINE_ROOTS = ("home", "root", "Users", "work", "workspace", "farm", "builds")
MACHINE_PATH = re.compile(r"(?<![\w./*-])/(" + "|".join(MACHINE_ROOTS) + r")(/|\b(?=[\s\"'`),.;]))")
UNWORDED = (".lock", "package-lock.json", ".hex", ".csv", ".svg", "LICENSE")

_MUTABLE_STATIC = re.compile(
    r"^\s*(?:inline\s+)?(?:static|thread_local)\s+(?!(?:inline\s+)?const)[^()=;{]*[;={]")
_MUTABLE_GLOBAL = re.compile(
    r"^(?:inline\s+)?(?!(?:inline|const|constexpr|constinit|using|class|struct|enum|union|namespace"
    r"|return|template|friend|extern|typedef|static_assert|goto|public|private|protected)\b)"
    r"[A-Za-z_][\w:]*(?:<[^;()]*>)?[\s&*]+[a-z_]\w*(?:\[[^\]]*\])?\s*(?:=[^;]*|\{[^;]*\})?;\s*$")


def check_module_words(tree: Tree) -> Iterator[Finding]:
    """No clocks, randomness, threads, heap, floats, exceptions or I/O where boards live."""
    tests = only_for_tests(tree)
    for path in tree.under(*DETERMINISTIC):
        if tree.kind(path) != "cpp" or path in tests or path == HOST_HOME:
            continue
        lines = blank(tree.text(path)).split("\n")
        folder = path.split("/")[0]
        for folders, pattern, advice in MODULE_WORDS:
            if folder not in folders:
                continue
            for number, line in enumerate(lines, 1):
                found = re.search(pattern, line)
                if found:
                    yield Finding(path, number, "word", f'"{found.group(0)}": {advice}')


def check_mutable_state(tree: Tree) -> Iterator[Finding]:
    """State lives in a State that is passed in, never in a static or a global."""
    tests = only_for_tests(tree)
    for path in tree.under(*DETERMINISTIC):
        if tree.kind(path) != "cpp" or path in tests:
            continue
        for number, line in enumerate(blank(tree.text(path)).split("\n"), 1):
            if _MUTABLE_STATIC.search(line) or _MUTABLE_GLOBAL.search(line):
                yield Finding(path, number, "state", "a variable that outlives the call: "
                              "make it constexpr, or a member of the State that is passed in")


def check_left_over_words(tree: Tree) -> Iterator[Finding]:
    """Nothing is left for later, and nothing names a path of one machine."""
    for path in tree.paths():
        if path.endswith(UNWORDED):
            continue
        for number, line in enumerate(tree.text(path).split("\n"), 1):
            left = LEFT_OVER.search(line)
            if left:
                yield Finding(path, number, "left over", f'"{left.group(0)}": '
                              "do it, or open an issue and take the word out")
            machine = MACHINE_PATH.search(line)
            if machine:
                yield Finding(path, number, "machine path", f'"{machine.group(0)}" exists on one '
                              "machine only: use a path in the repository or an argument")
