// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/static_files.hpp"

#include <stdlib.h>

#include <fstream>

#include <gtest/gtest.h>

namespace cellwarden::gateway::http {
namespace {

namespace fs = std::filesystem;

/// A folder with an App in it and a secret beside it, removed at the end.
class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    std::string name = (fs::temp_directory_path() / "cellwarden-static-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    fs::create_directories(root_ / "app/assets");
    put("app/index.html", "<html>");
    put("app/assets/a-1234.js", "let a;");
    put("app/boards.wasm", "wasm");
    put("app/a b.txt", "blank");
    put("app/.hidden", "hidden");
    put("app2/secret.txt", "secret");
    put("secret.txt", "secret");
    fs::create_symlink(root_ / "secret.txt", root_ / "app/link.txt");
    files_ = StaticFiles(root_ / "app");
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }
  void put(const std::string& name, const std::string& content) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }
  [[nodiscard]] Response get(const std::string& path) const { return files_.answer(path); }

  fs::path root_;
  StaticFiles files_{{}};
};

TEST_F(StaticFilesTest, GivesFilesWithTheirTypes) {
  EXPECT_EQ(get("/").body, "<html>");
  EXPECT_EQ(get("/").content_type, "text/html; charset=utf-8");
  EXPECT_EQ(get("/assets/a-1234.js").body, "let a;");
  EXPECT_EQ(get("/assets/a-1234.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(get("/boards.wasm").content_type, "application/wasm");
  EXPECT_EQ(get("/a%20b.txt").body, "blank");
}

TEST_F(StaticFilesTest, OnlyNamedAssetsAreCachedForEver) {
  EXPECT_EQ(get("/").cache_control, "no-cache");
  EXPECT_EQ(get("/boards.wasm").cache_control, "no-cache");
  EXPECT_EQ(get("/assets/a-1234.js").cache_control, "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/assets/page").cache_control, "no-cache");
}

TEST_F(StaticFilesTest, AnUnknownPathWithoutADotIsAPageOfTheApp) {
  EXPECT_EQ(get("/packs/twin").body, "<html>");
  EXPECT_EQ(get("/assets").body, "<html>");
  EXPECT_EQ(get("/missing.js").status, 404);
}

TEST_F(StaticFilesTest, NothingOutsideTheFolderIsEverGiven) {
  for (const char* path :
       {"/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt",
        "/..\\secret.txt", "/../app2/secret.txt", "/./../secret.txt", "//../secret.txt",
        "/link.txt", "/.hidden", "/assets/%2e%2e/%2e%2e/secret.txt"}) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.body.find("secret\""), std::string::npos) << path;
  }
  EXPECT_EQ(get("//" + (root_ / "secret.txt").string()).status, 404);
}

TEST_F(StaticFilesTest, BrokenEscapesAreBadRequests) {
  for (const char* path : {"/%", "/%4", "/%zz", "/a%00b"}) EXPECT_EQ(get(path).status, 400) << path;
}

TEST_F(StaticFilesTest, WithoutAnAppNothingIsFound) {
  EXPECT_FALSE(StaticFiles({}).has_index());
  EXPECT_EQ(StaticFiles({}).answer("/etc/passwd").status, 404);
  EXPECT_EQ(StaticFiles("/nonexistent").answer("/").status, 404);
}

}  // namespace
}  // namespace cellwarden::gateway::http
