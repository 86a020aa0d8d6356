"""The repository's rules, each a function from a Tree to findings.

SPDX-License-Identifier: Apache-2.0
"""

from rules import includes, requirements, safety, shape, words
from rules.tree import Finding, Tree

ALL = (
    includes.check,
    words.check_module_words,
    words.check_mutable_state,
    words.check_left_over_words,
    shape.check_sizes,
    shape.check_licence,
    shape.check_lock_files,
    requirements.check,
    safety.check,
)

__all__ = ["ALL", "Finding", "Tree"]
