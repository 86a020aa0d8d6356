"""The text of docs/measurements.md: one section a benchmark, between markers.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import re

FILE = "docs/measurements.md"
HEADING = """# Measurements

Written by `bench/run NAME`; do not edit by hand. Each section says on what, when and at which
commit.
"""


def with_section(text: str, name: str, origin: str, body: str) -> str:
    """`text` with section `name` replaced, or added at the end."""
    section = (f"<!-- bench:{name} -->\n## {name}\n\n{origin}\n\n{body.strip()}\n"
               f"<!-- /bench:{name} -->\n")
    text = text or HEADING
    mark = re.escape(name)
    pattern = re.compile(rf"<!-- bench:{mark} -->\n.*?<!-- /bench:{mark} -->\n", re.DOTALL)
    if pattern.search(text):
        return pattern.sub(lambda _: section, text)
    return text.rstrip("\n") + "\n\n" + section


def google_table(printed: str) -> str:
    """A markdown table of Google Benchmark's JSON: median of the repetitions and their spread."""
    runs = [run for run in json.loads(printed)["benchmarks"] if not run.get("error_occurred")]
    names = list(dict.fromkeys(run.get("run_name", run["name"]) for run in runs))
    lines = ["| what | median | standard deviation | throughput |", "|---|---|---|---|"]
    for name in names:
        of = {run.get("aggregate_name"): run for run in runs if run.get("run_name") == name}
        median, deviation = of["median"], of["stddev"]
        unit = median["time_unit"]
        rate = median.get("bytes_per_second")
        speed = f"{rate / 1e6:.0f} MB/s" if rate else ""
        lines.append(f"| {name} | {median['cpu_time']:.1f} {unit} | "
                     f"{deviation['cpu_time']:.1f} {unit} | {speed} |")
    return "\n".join(lines) + "\n"


def cpu_model(cpuinfo: str) -> str:
    """The processor's name from /proc/cpuinfo, or that it has none."""
    found = re.search(r"^(?:model name|Model)\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    return found.group(1).strip() if found else "unknown processor"
