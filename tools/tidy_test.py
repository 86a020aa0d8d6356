#!/usr/bin/env python3
"""Shows each rule of tools/tidy firing on a bad snippet, and staying quiet on a good one.

SPDX-License-Identifier: Apache-2.0
"""

import unittest

from rules import ALL, Tree, includes, requirements, safety, shape, words

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
TABLE = "| id | kind | requirement |\n|---|---|---|\n| REL-1 | M | one |\n| REL-2 | X | two |\n"


def found(rule, path, text):
    """The findings of `rule` in a repository of one file."""
    return [f"{f.line} {f.rule}: {f.advice}" for f in rule(Tree({path: text}))]


class Includes(unittest.TestCase):
    def test_the_table_holds(self):
        cases = [
            # (file, include, allowed)
            ("core/relays.cpp", "core/units.hpp", True),
            ("core/in_board.cpp", "wire/chain.hpp", True),
            ("core/relays.cpp", "plant/pack.hpp", False),
            ("core/relays.cpp", "gateway/model/pack.hpp", False),
            ("wire/chain.cpp", "core/units.hpp", True),
            ("wire/chain.cpp", "core/settings.hpp", True),
            ("wire/chain.cpp", "core/relays.hpp", False),
            ("plant/pack.cpp", "core/units.hpp", True),
            ("plant/pack.cpp", "core/result.hpp", False),
            ("plant/pack.cpp", "wire/chain.hpp", False),
            ("sim/twin.cpp", "plant/pack.hpp", True),
            ("sim/twin.cpp", "gateway/model/pack.hpp", False),
            ("gateway/model/pack.cpp", "wire/extended_frame.hpp", True),
            ("gateway/model/pack.cpp", "core/out_board.hpp", False),
            ("gateway/model/pack.cpp", "sim/twin.hpp", False),
            ("gateway/sources/twin.cpp", "sim/twin.hpp", True),
            ("gateway/sources/twin_source.hpp", "sim/twin.hpp", True),
            ("gateway/commands/emulate.cpp", "sim/twin.hpp", True),
            ("gateway/commands/decode.cpp", "sim/twin.hpp", False),
            ("boards/cortex_m/main.cpp", "core/relays.hpp", True),
            ("boards/cortex_m/main.cpp", "sim/twin.hpp", False),
            ("boards/wasm/main.cpp", "sim/twin.hpp", True),
            ("tests/fuzz/frame_reader_fuzz.cpp", "sim/twin.hpp", True),
            ("core/relays_test.cpp", "tests/support/cases.hpp", True),
            ("core/relays.cpp", "tests/support/cases.hpp", False),
            ("bench/wire_bench.cpp", "gateway/model/pack.hpp", True),
        ]
        for path, name, allowed in cases:
            with self.subTest(path=path, name=name):
                findings = found(includes.check, path, f'#include "{name}"\n')
                self.assertEqual(findings == [], allowed, findings)

    def test_paths_are_rooted(self):
        for bad in ('"../core/units.hpp"', '"units.hpp"', "<core/units.hpp>",
                    '"core/../sim/t.hpp"'):
            with self.subTest(bad=bad):
                findings = found(includes.check, "core/relays.cpp", f"\n#include {bad}\n")
                self.assertEqual(len(findings), 1)
                self.assertTrue(findings[0].startswith("2 include"))

    def test_comments_do_not_include(self):
        text = '// #include "sim/twin.hpp"\n/*\n#include "sim/twin.hpp"\n*/\n#include <array>\n'
        self.assertEqual(found(includes.check, "core/relays.cpp", text), [])


class ModuleWords(unittest.TestCase):
    def fires(self, path, text):
        return bool(found(words.check_module_words, path, text))

    def test_words_forbidden_in_every_deterministic_module(self):
        bad = ["std::chrono::system_clock::now();", "std::chrono::steady_clock::now();",
               "int x = std::rand();", "std::random_device seed;", "std::thread t;",
               "std::mutex m;", "std::this_thread::sleep_for(x);", "usleep(3);",
               "auto* p = new Cell;", "void* p = malloc(3);", "std::mt19937 random;"]
        for folder in ("core", "wire", "plant", "sim"):
            for text in bad:
                with self.subTest(folder=folder, text=text):
                    self.assertTrue(self.fires(f"{folder}/x.cpp", text))

    def test_words_forbidden_in_freestanding_modules_only(self):
        bad = ["std::vector<int> v;", "std::string s;", "std::map<int, int> m;",
               "std::function<void()> f;", "float x;", "double x;", "throw 1;", "try {",
               'printf("x");', "#include <iostream>"]
        for text in bad:
            with self.subTest(text=text):
                self.assertTrue(self.fires("core/x.cpp", text))
                self.assertTrue(self.fires("wire/x.hpp", text))
                self.assertFalse(self.fires("plant/x.cpp", text))
                self.assertFalse(self.fires("sim/x.cpp", text))

    def test_libm_is_forbidden_where_results_must_agree(self):
        for call in ("std::exp(x)", "std::pow(x, 2)", "std::sin(x)", "std::cos(x)", "std::log(x)"):
            with self.subTest(call=call):
                self.assertTrue(self.fires("plant/x.cpp", f"return {call};"))
                self.assertTrue(self.fires("sim/x.cpp", f"return {call};"))
        self.assertFalse(self.fires("plant/x.cpp", "return std::sqrt(x) + own::exponential(x);"))

    def test_comments_strings_tests_and_other_words_are_free(self):
        good = ["// a new cell may sleep, double checked", '"no new thread"; ',
                "std::string_view s;",
                "int renewed = 2'000'000; int threads_of_screw = 1'0;", "/* malloc\n throw */"]
        for text in good:
            with self.subTest(text=text):
                self.assertFalse(self.fires("core/x.cpp", text))
        self.assertFalse(self.fires("core/x_test.cpp", "std::vector<double> v;"))
        self.assertFalse(self.fires("core/assert_host.cpp", 'std::fprintf(stderr, "x");'))
        self.assertFalse(self.fires("gateway/x.cpp", "std::thread worker;"))

    def test_a_header_is_free_while_only_tests_include_it(self):
        table = {"core/table.hpp": "std::vector<int> v;",
                 "core/x_test.cpp": '#include "core/table.hpp"\n'}
        self.assertEqual(list(words.check_module_words(Tree(table))), [])
        used = table | {"core/x.cpp": '#include "core/table.hpp"\n'}
        self.assertEqual(len(list(words.check_module_words(Tree(used)))), 1)


class MutableState(unittest.TestCase):
    def test_statics_and_globals_fire(self):
        for bad in ("  static int count = 0;", "static Cell cells[3];", "int total = 0;",
                    "thread_local int x;", "std::array<int, 3> table{};", "Pack* current;",
                    "inline std::uint32_t ticks = 0;"):
            with self.subTest(bad=bad):
                self.assertTrue(found(words.check_mutable_state, "core/x.cpp", bad))

    def test_constants_functions_and_members_do_not(self):
        for good in ("static constexpr int most = 3;", "  static Status from_byte(std::uint8_t b);",
                     "inline constexpr std::size_t size = 58;", "  int member_ = 0;", "return x;",
                     "const int most = 3;", "using core::Voltage;", "constexpr int a = 1, b = 2;",
                     "static_assert(sizeof(int) == 4);", "std::uint8_t sum(int a, int b);",
                     "  static const int x = 1;", "class Pack;", "}  // namespace x"):
            with self.subTest(good=good):
                self.assertEqual(found(words.check_mutable_state, "core/x.cpp", good), [])


class LeftOvers(unittest.TestCase):
    def test_words_left_for_later_fire_in_every_text(self):
        for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "for " + "now"):
            for path in ("core/x.cpp", "docs/x.md", "app/src/x.ts", "run"):
                with self.subTest(word=word, path=path):
                    self.assertTrue(found(words.check_left_over_words, path, f"a {word}: b"))
        self.assertEqual(found(words.check_left_over_words, "x.md", "for nowhere, HACKNEY"), [])

    def test_paths_of_one_machine_fire(self):
        for bad in ("/ho" + "me/ann/x", "cd /wo" + "rk/main", '"/ro' + 'ot"', "`/fa" + "rm/x`"):
            with self.subTest(bad=bad):
                self.assertTrue(found(words.check_left_over_words, "docs/x.md", f"see {bad}"))
        for good in ("/usr/share/x", "/dev/ttyUSB0", "docs/work/x", "https://x.org/home/"):
            with self.subTest(good=good):
                self.assertEqual(found(words.check_left_over_words, "docs/x.md", good), [])


class Shape(unittest.TestCase):
    def test_long_files_and_lines_fire(self):
        self.assertTrue(found(shape.check_sizes, "core/x.cpp", "x\n" * 301))
        self.assertEqual(found(shape.check_sizes, "core/x.cpp", "x\n" * 300), [])
        for path in ("core/x.hpp", "app/src/x.tsx", "app/src/x.css", "tools/x.py"):
            with self.subTest(path=path):
                self.assertTrue(found(shape.check_sizes, path, "x" * 101))
                self.assertEqual(found(shape.check_sizes, path, "°" * 100), [])
        self.assertEqual(found(shape.check_sizes, "docs/x.md", "x" * 500), [])

    def test_sources_without_licence_fire(self):
        for path in ("core/x.cpp", "app/src/x.ts", "tools/x.py", "cmake/x.cmake"):
            with self.subTest(path=path):
                self.assertTrue(found(shape.check_licence, path, "int x;\n"))
                self.assertEqual(found(shape.check_licence, path, "// what\n" + LICENCE), [])
        self.assertTrue(found(shape.check_licence, "run", "#!/usr/bin/env bash\necho\n"))
        self.assertEqual(found(shape.check_licence, "core/CMakeLists.txt", "x()\n"), [])

    def test_lock_files_name_no_server(self):
        text = '{\n"resolved": "https://example.org/x.tgz"\n}'
        self.assertTrue(found(shape.check_lock_files, "app/package-lock.json", text))
        self.assertEqual(found(shape.check_lock_files, "app/package-lock.json", "{}"), [])


class Requirements(unittest.TestCase):
    def findings(self, test="", still_open=""):
        return [str(f) for f in requirements.check(Tree({
            "docs/requirements.md": TABLE, "core/x_test.cpp": test,
            "tools/rows_open.txt": still_open}))]

    def test_rows_are_proven_or_open(self):
        self.assertEqual(self.findings("// proves REL-1, REL-2\nTEST(A, B) {}"), [])
        self.assertEqual(self.findings("// proves REL-1\nTEST(A, B) {}", "REL-2: not built"), [])
        self.assertEqual(len(self.findings("TEST(A, B) {}")), 2)

    def test_open_rows_must_be_open_known_and_reasoned(self):
        good = "// proves REL-1..REL-2\nTEST(A, B) {}"
        self.assertIn("a test proves REL-2", self.findings(good, "REL-2: later")[0])
        self.assertIn("no row", self.findings(good, "REL-9: later")[0])
        one = "// proves REL-1\nTEST(A, B) {}"
        self.assertIn("why it is open", self.findings(one, "REL-2:")[0])

    def test_proven_rows_leave_the_open_list_on_request(self):
        tree = Tree({"core/x_test.cpp": "// proves REL-1\nTEST(A, B) {}",
                     "tools/rows_open.txt": "# why\nREL-1: later\nREL-2: later\n"})
        self.assertEqual(requirements.without_proven(tree), "# why\nREL-2: later\n")

    def test_a_test_that_names_an_unknown_row_fires(self):
        self.assertIn("REL-7 is no row", "".join(
            self.findings("// proves REL-1, REL-2, REL-7\nTEST(A, B) {}")))

    def test_a_proof_above_no_test_fires(self):
        self.assertIn("stands above no test", "".join(self.findings(
            "// proves REL-1\nint x;\n// proves REL-1, REL-2\nTEST(A, B) {}")))


class Safety(unittest.TestCase):
    def findings(self, text):
        return [f.advice for f in safety.check(Tree({
            "docs/requirements.md": TABLE, "docs/safety.md": text,
            "core/x_test.cpp": "TEST(Relays, SilentChainOpensBoth) {}"}))]

    def test_named_tests_and_rows_exist(self):
        table = "| hazard | row | test |\n|---|---|---|\n| fire | {} | {} |\n"
        self.assertEqual(self.findings(table.format("REL-1", "`Relays.SilentChainOpensBoth`")), [])
        gone = table.format("REL-1", "`Relays.Gone`")
        self.assertIn("no test Relays.Gone", self.findings(gone)[0])
        self.assertIn("names no test", self.findings(table.format("REL-1", "by eye"))[0])
        self.assertIn("REL-8 is no row",
                      self.findings(table.format("REL-8", "`Relays.SilentChainOpensBoth`"))[0])

    def test_without_the_file_nothing_is_asked(self):
        self.assertEqual([f for rule in ALL for f in rule(Tree({}))], [])


if __name__ == "__main__":
    unittest.main()
