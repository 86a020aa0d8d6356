#!/usr/bin/env python3
"""Shows that a benchmark's section is added once and then replaced, and others are left alone.

SPDX-License-Identifier: Apache-2.0
"""

import json
import unittest

import measurements


class Measurements(unittest.TestCase):
    def test_sections_are_added_then_replaced(self):
        text = measurements.with_section("", "wire", "here", "| a |")
        text = measurements.with_section(text, "chain", "here", "| b |")
        again = measurements.with_section(text, "wire", "there", "| \\1 c |")
        self.assertEqual(again.count("<!-- bench:wire -->"), 1)
        self.assertIn("there\n\n| \\1 c |\n", again)
        self.assertNotIn("| a |", again)
        self.assertIn("| b |", again)

    def test_google_benchmark_becomes_a_table(self):
        runs = [{"name": "decode_median", "run_name": "decode", "aggregate_name": "median",
                 "cpu_time": 54.61, "time_unit": "ns", "bytes_per_second": 1.0e9},
                {"name": "decode_stddev", "run_name": "decode", "aggregate_name": "stddev",
                 "cpu_time": 0.52, "time_unit": "ns"}]
        table = measurements.google_table(json.dumps({"benchmarks": runs}))
        self.assertIn("| decode | 54.6 ns | 0.5 ns | 1000 MB/s |", table)

    def test_processors_are_named(self):
        self.assertEqual(measurements.cpu_model("model name\t: Fast One\n"), "Fast One")
        self.assertEqual(measurements.cpu_model(""), "unknown processor")


if __name__ == "__main__":
    unittest.main()
