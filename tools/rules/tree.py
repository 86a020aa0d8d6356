"""The files a rule looks at, from a checkout or from a test, and the findings it reports.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

CPP = (".cpp", ".hpp", ".h", ".cc")
WEB = (".ts", ".tsx", ".css", ".js", ".mjs")
SHELL = (".sh",)


@dataclass(frozen=True, order=True)
class Finding:
    """One broken rule at one place; `advice` says what to do instead."""

    path: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


class Tree:
    """Relative paths (with "/") and their text. Rules read this, never the disk."""

    def __init__(self, files: dict[str, str]):
        self._files = files

    @classmethod
    def from_disk(cls, root: str) -> "Tree":
        """Everything git knows or would add; without git, everything but build products."""
        return _DiskTree(root, _git_paths(root) or _walked_paths(root))

    def paths(self) -> list[str]:
        return sorted(self._files)

    def has(self, path: str) -> bool:
        return path in self._files

    def text(self, path: str) -> str:
        return self._files[path]

    def under(self, *folders: str) -> list[str]:
        """Paths whose first folder is one of `folders`."""
        return [path for path in self.paths() if path.split("/")[0] in folders and "/" in path]

    def kind(self, path: str) -> str:
        """"cpp", "web", "python", "cmake", "shell", or "" for anything that is no source."""
        name = path.rsplit("/", 1)[-1]
        if name.endswith(CPP):
            return "cpp"
        if name.endswith(WEB):
            return "web"
        if name.endswith(".py"):
            return "python"
        if name.endswith(".cmake") or name == "CMakeLists.txt":
            return "cmake"
        if name.endswith(SHELL):
            return "shell"
        if "." in name.lstrip("."):
            return ""
        first = self.text(path).split("\n", 1)[0]
        if not first.startswith("#!"):
            return ""
        return "python" if "python" in first else "shell" if "sh" in first else ""


class _DiskTree(Tree):
    def __init__(self, root: str, paths: list[str]):
        super().__init__(dict.fromkeys(paths, ""))
        self._root = root
        self._read: dict[str, str] = {}

    def text(self, path: str) -> str:
        if path not in self._read:
            with open(os.path.join(self._root, path), "rb") as file:
                data = file.read()
            binary = b"\0" in data[:4096]
            self._read[path] = "" if binary else data.decode("utf-8", errors="replace")
        return self._read[path]


def _git_paths(root: str) -> list[str]:
    if not os.path.exists(os.path.join(root, ".git")) or not shutil.which("git"):
        return []
    command = ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        return []
    paths = set(listed.stdout.split("\0")) - {""}
    return sorted(path for path in paths if os.path.isfile(os.path.join(root, path)))


def _walked_paths(root: str) -> list[str]:
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in ("build", "node_modules", "dist", ".git")]
        relative = os.path.relpath(folder, root)
        prefix = "" if relative == "." else relative.replace(os.sep, "/") + "/"
        found += [prefix + name for name in names if not name.endswith(".pyc")]
    return found


# Order matters: what opens first wins, so a "//" inside a string is no comment.
_TOKENS = re.compile(
    r'(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\((?:.|\n)*?\)(?P=mark)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')"
    r"|(?P<comment>//[^\n]*|/\*(?:.|\n)*?\*/)"
)


def blank(text: str, strings: bool = True) -> str:
    """C++ `text` with comments (and `strings`, unless told not to) emptied, lines kept."""

    def replace(match: re.Match) -> str:
        found = match.group(0)
        if match.lastgroup == "comment" or match.group("comment") is not None:
            return "\n" * found.count("\n")
        if not strings:
            return found
        return '""' + "\n" * found.count("\n")

    return _TOKENS.sub(replace, text)
