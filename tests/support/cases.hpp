/// Runs a rapidcheck property a given number of times inside a TEST().
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace cellwarden::tests {

/// Checks `property` at least `cases` times, whatever the environment says, and prints how many
/// ran. A failure shows the smallest case found and the command that repeats it.
template <class Property>
void check_cases(int cases, Property&& property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = std::max(params.maxSuccess, cases);
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  rc::detail::TestMetadata metadata;
  metadata.id = std::string(test->test_suite_name()) + "." + test->name();
  metadata.description = metadata.id;
  const rc::detail::TestResult result =
      rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
  if (!result.template is<rc::detail::SuccessResult>()) {
    std::ostringstream said;
    rc::detail::printResultMessage(result, said);
    FAIL() << said.str() << "\nRC_PARAMS=seed=" << params.seed
           << " PROGRAM --gtest_filter=" << metadata.id;
  }
  const int ran = result.template get<rc::detail::SuccessResult>().numSuccess;
  std::cout << metadata.id << ": " << ran << " cases\n";
  EXPECT_GE(ran, cases);
}

}  // namespace cellwarden::tests
