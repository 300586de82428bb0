#include "http/static_files.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace http {
namespace {

namespace fs = std::filesystem;

Request Get(std::vector<std::string> segments) { return Request{.segments = std::move(segments)}; }

StaticFiles App() {
  return StaticFiles::FromMemory({{"index.html", "<html>"},
                                  {"assets/index-4f3a9c1b.js", "script"},
                                  {"assets/index-4f3a9c1b.js.br", "BR"},
                                  {"assets/index-4f3a9c1b.js.gz", "GZ"},
                                  {"favicon.svg", "<svg>"}});
}

TEST(StaticFiles, AnswersRoutesOfTheAppWithIndexHtml) {
  const Response response = App().Answer(Get({"reception", "visits"}));
  EXPECT_EQ(response.body, "<html>");
  EXPECT_EQ(response.headers.Get("Cache-Control"), "no-cache");
  EXPECT_NE(response.headers.Get("Content-Security-Policy").find("default-src 'none'"),
            std::string_view::npos);
}

TEST(StaticFiles, NeverAnswersForTheApiOrAMissingFile) {
  for (const auto& segments : std::vector<std::vector<std::string>>{
           {"api", "x"}, {"fhir", "Patient"}, {"ws", "live"}, {"assets", "old.js"}, {"gone.png"}}) {
    EXPECT_EQ(App().Answer(Get(segments)).status, 404);
  }
}

TEST(StaticFiles, ChoosesThePrecompressedSibling) {
  Request request = Get({"assets", "index-4f3a9c1b.js"});
  request.headers.Set("Accept-Encoding", "gzip, br");
  const Response brotli = App().Answer(request);
  EXPECT_EQ(brotli.body, "BR");
  EXPECT_EQ(brotli.headers.Get("Content-Encoding"), "br");
  EXPECT_EQ(brotli.headers.Get("Cache-Control"), "public, max-age=31536000, immutable");
  request.headers.Set("Accept-Encoding", "gzip");
  EXPECT_EQ(App().Answer(request).body, "GZ");
  request.headers.Remove("Accept-Encoding");
  EXPECT_EQ(App().Answer(request).body, "script");
}

TEST(StaticFiles, HidesTheSiblingsThemselves) {
  EXPECT_EQ(App().Answer(Get({"assets", "index-4f3a9c1b.js.br"})).status, 404);
}

TEST(StaticFiles, AnswersAKnownTagWith304) {
  Request request = Get({"favicon.svg"});
  const Response first = App().Answer(request);
  request.headers.Set("If-None-Match", "\"other\", " + std::string(first.headers.Get("ETag")));
  const Response second = App().Answer(request);
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.body, "");
}

TEST(StaticFiles, LeavesLinksAndDotFilesOutside) {
  const fs::path folder = fs::path(testing::TempDir()) / "tram_static_files_test";
  fs::remove_all(folder);
  fs::create_directories(folder / "app" / ".git");
  std::ofstream(folder / "secret.txt") << "secret";
  std::ofstream(folder / "app" / "index.html") << "<html>";
  std::ofstream(folder / "app" / ".env") << "secret";
  std::ofstream(folder / "app" / ".git" / "config.txt") << "secret";
  fs::create_symlink(folder / "secret.txt", folder / "app" / "link.txt");
  fs::create_directory_symlink(folder, folder / "app" / "up");
  const StaticFiles files = StaticFiles::Load((folder / "app").string()).value();
  EXPECT_EQ(files.size(), 1U);
  fs::remove_all(folder);
}

TEST(StaticFiles, RefusesAFolderWithoutTheApp) {
  EXPECT_FALSE(StaticFiles::Load("/nonexistent").ok());
}

TEST(WithApiHeaders, ForbidsCachingUnlessTheHandlerAllowsIt) {
  const auto plain = WithApiHeaders(Request(), [](const Request&) { return Response(); });
  EXPECT_EQ(plain.headers.Get("Cache-Control"), "no-store");
  const auto cached = WithApiHeaders(Request(), [](const Request&) {
    Response response;
    response.headers.Add("Cache-Control", "max-age=60");
    return response;
  });
  EXPECT_EQ(cached.headers.Get("Cache-Control"), "max-age=60");
}

}  // namespace
}  // namespace http
