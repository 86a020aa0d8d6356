#!/usr/bin/env python3
"""Shows tools/trace joining rows, tests and results of each runner.

SPDX-License-Identifier: Apache-2.0
"""

import unittest

import traceability
from rules import Tree, proofs

TABLE = "| REL-1 | M | one |\n| REL-2 | X | two |\n| APP-1 | M | three |\n| APP-2 | M | four |\n"
CPP = """
// proves REL-1
TEST(Relays, Opens) {}
// The second one. proves nothing by itself here: the word must open the comment.
TEST(Relays, Plain) {}
// proves REL-1, REL-2:
// both at once
RC_GTEST_PROP(Relays,
              NeverBoth, (int x)) {}
// proves REL-2
TEST_P(Table, Row) {}
"""
WEB = """
// proves APP-1
it("shows the voltage", () => {});
// proves APP-2
test.each([1, 2])(
  "shows %i cells", () => {});
// proves APP-2
it('says "stale"', async () => {});
"""
CTEST = """<testsuite tests="4">
<testcase name="Relays.Opens" status="run"/>
<testcase name="Relays.NeverBoth" status="{}">{}</testcase>
<testcase name="Cases/Table.Row/3  # GetParam() = 8" status="run"/>
</testsuite>"""
VITEST = """<testsuites><testsuite name="src/a.test.ts">
<testcase classname="src/a.test.ts" name="dashboard &gt; shows the voltage" time="0.1"/>
<testcase classname="src/a.test.ts" name="shows %i cells"/>
<testcase classname="src/a.test.ts" name="says &quot;stale&quot;"><skipped/></testcase>
</testsuite></testsuites>"""


def lines(*junit):
    results = traceability.Results()
    for text in junit:
        results.add_junit(text)
    tree = Tree({"docs/requirements.md": TABLE, "core/relays_test.cpp": CPP,
                 "app/src/a.test.ts": WEB})
    return {line.row: line for line in traceability.table(tree, results)}


class Trace(unittest.TestCase):
    def test_passing_tests_prove_their_rows(self):
        table = lines(CTEST.format("run", ""), VITEST)
        self.assertEqual(table["REL-1"].state, "pass")
        self.assertEqual(table["REL-1"].tests, ("Relays.Opens", "Relays.NeverBoth"))
        self.assertEqual(table["REL-2"].state, "pass")
        self.assertEqual(table["APP-1"].state, "pass")

    def test_a_failing_test_fails_every_row_it_names(self):
        for bad in (("fail", "<failure/>"), ("run", "<error/>")):
            table = lines(CTEST.format(*bad), VITEST)
            self.assertEqual([table["REL-1"].state, table["REL-2"].state], ["FAIL", "FAIL"])

    def test_a_skipped_or_missing_test_is_not_run(self):
        self.assertEqual(lines(CTEST.format("run", ""), VITEST)["APP-2"].state, "not run")
        self.assertEqual(lines()["REL-1"].state, "not run")

    def test_a_row_without_tests_is_unproven(self):
        results = traceability.Results()
        tree = Tree({"docs/requirements.md": TABLE})
        table = traceability.table(tree, results)
        self.assertEqual({line.state for line in table}, {"unproven"})
        self.assertIn("4 rows: 0 pass, 0 FAIL, 0 not run, 4 unproven", traceability.render(table))

    def test_rows_are_read_with_ranges(self):
        self.assertEqual(proofs.rows_of("REL-1..REL-3, SOC-2 and REL-1"),
                         ("REL-1", "REL-2", "REL-3", "SOC-2"))
        self.assertEqual(proofs.rows_of("CELL-1…3"), ("CELL-1", "CELL-2", "CELL-3"))

    def test_tests_of_scripts_are_found(self):
        text = "# proves REL-1\n@skip\ndef test_it(self):\n    pass\n"
        tests, strays = proofs.read(Tree({"tests/gateway/link_test.py": text}))
        self.assertEqual([(test.name, test.rows) for test in tests], [("test_it", ("REL-1",))])
        self.assertEqual(strays, [])


if __name__ == "__main__":
    unittest.main()
