// The Synthea bundles go in without loss: as many resources out as in, each equal but for meta and
// the references that were rewritten. TRAM_SYNTHEA_FILES=82 takes them all (a release build,
// please) and prints the speed.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "app/commands/export.h"
#include "app/commands/import.h"
#include "app/commands/input_file.h"
#include "base/json.h"
#include "storage/sqlite/sqlite_store.h"

namespace app::commands {
namespace {

namespace fs = std::filesystem;
using base::Json;

std::string FolderOfSynthea() {
  const char* shared = std::getenv("TRAM_SHARED");
  const char* source = std::getenv("TRAM_SOURCE_DIR");
  const fs::path root = shared != nullptr
                            ? fs::path(shared)
                            : fs::path(source != nullptr ? source : ".") / "../shared";
  return (root / "data" / "synthea").string();
}

std::vector<std::string> FilesOf(const std::string& folder, size_t most) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".bz2") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  files.resize(std::min(files.size(), most));
  return files;
}

// Without meta, and with every reference replaced by a mark: what must be equal.
Json Masked(Json value, int& unresolved) {
  if (value.IsObject()) {
    for (auto& [name, member] : value.MutableMembers()) {
      if (name == "reference" && member.IsString()) {
        const std::string& text = member.String();
        if (text.starts_with("urn:uuid:") || text.find('?') != std::string::npos) ++unresolved;
        member = Json("*");
      } else {
        member = Masked(std::move(member), unresolved);
      }
    }
  } else if (value.IsArray()) {
    for (Json& item : value.MutableItems()) item = Masked(std::move(item), unresolved);
  }
  return value;
}

std::string KeyOf(const Json& resource) {
  return resource["resourceType"].String() + "/" + resource["id"].String();
}

// By reference, the masked text.
std::map<std::string, std::string> Sources(const std::vector<std::string>& files) {
  std::map<std::string, std::string> sources;
  int ignored = 0;
  for (const std::string& path : files) {
    DocumentReader reader(InputFile::Open(path).value(), base::kBundleLimits.max_bytes);
    const Json bundle = Json::Parse(reader.Next().value().text, base::kBundleLimits).value();
    for (const Json& entry : bundle["entry"].Items()) {
      Json resource = entry["resource"];
      resource.Erase("meta");
      sources[KeyOf(resource)] = Masked(resource, ignored).Dump();
    }
  }
  return sources;
}

class SyntheaImport : public testing::Test {
 protected:
  SyntheaImport() : folder_(fs::path(testing::TempDir()) / "tram_synthea_import") {
    fs::remove_all(folder_);
    data_.directory = folder_.string();
  }
  ~SyntheaImport() override { fs::remove_all(folder_); }

  base::SystemClock clock_;
  base::SystemRandom random_;
  fs::path folder_;
  storage::sqlite::DataFolder data_;
};

TEST_F(SyntheaImport, LosesNothing) {
  const std::string folder = FolderOfSynthea();
  if (!fs::exists(folder)) GTEST_SKIP() << "no Synthea files at " << folder;
  const char* wanted = std::getenv("TRAM_SYNTHEA_FILES");
  const auto files = FilesOf(folder, wanted == nullptr ? 3 : std::strtoul(wanted, nullptr, 10));
  ASSERT_TRUE(storage::sqlite::CreateDataFolder(data_, random_).ok());
  auto store = storage::sqlite::SqliteStore::Open({.folder = data_, .clock = &clock_});
  ASSERT_TRUE(store.ok()) << store.error().detail;

  std::ostringstream progress;
  const auto report = Import({.files = files}, **store, clock_, random_, progress);
  ASSERT_TRUE(report.ok()) << report.error().message;
  for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
  const auto sources = Sources(files);
  EXPECT_EQ(report->stored, static_cast<int64_t>(sources.size()));
  const auto statistics = (*store)->Statistics();
  std::cout << report->stored << " resources in " << report->millis << " ms, "
            << report->stored * 1000 / std::max<int64_t>(report->millis, 1) << "/s, "
            << statistics->bytes_on_disk / std::max<int64_t>(report->stored, 1)
            << " bytes each on disk\n";

  std::stringstream exported;
  ASSERT_EQ(Export({}, **store, clock_, random_, exported).value(), report->stored);
  int unresolved = 0;
  size_t different = 0;
  for (std::string line; std::getline(exported, line);) {
    Json resource = Json::Parse(line, base::kBundleLimits).value();
    resource.Erase("meta");
    const auto source = sources.find(KeyOf(resource));
    if (source == sources.end() || Masked(resource, unresolved).Dump() != source->second) {
      ++different;
    }
  }
  EXPECT_EQ(different, 0U);
  EXPECT_EQ(unresolved, 0);
}

}  // namespace
}  // namespace app::commands
