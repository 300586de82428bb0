#include "app/commands/catalog_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "care/shared/catalogue_store.h"
#include "testkit/test_station.h"

namespace app::commands {
namespace {

using testing::HasSubstr;

class CatalogImport : public testing::Test {
 protected:
  CatalogImport() {
    const auto name = std::string("tram_catalog_import_") +
                      testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv";
    path_ = (std::filesystem::path(testing::TempDir()) / name).string();
  }
  ~CatalogImport() override { std::remove(path_.c_str()); }

  int Run(const std::string& content, CatalogImportOptions options) {
    std::ofstream(path_) << content;
    options.path = path_;
    out_.str("");
    err_.str("");
    return RunCatalogImport(options, station_.clock, station_.As(access_control::Role::kSystem),
                            out_, err_);
  }
  std::shared_ptr<const care::shared::Catalogue> Catalogue() {
    auto loaded = care::shared::LoadCatalogue(station_.As(access_control::Role::kSystem));
    EXPECT_TRUE(loaded.ok());
    return std::move(loaded).value();
  }

  testkit::TestStation station_;  // 2026-11-21
  std::string path_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CatalogImport, PutsTheListInForceFromTheDayGiven) {
  EXPECT_EQ(Run("Mã bệnh,Tên bệnh\nI10,Tên mới\n", {.kind = "icd10", .from = "01/01/2027"}), 0)
      << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("nhận 1 dòng"));
  EXPECT_THAT(out_.str(), HasSubstr("2027-01-01"));
  const auto catalogue = Catalogue();
  EXPECT_EQ(catalogue->diagnoses.Find("I10", {2027, 1, 1})->name, "Tên mới");
  EXPECT_NE(catalogue->diagnoses.Find("I10", {2026, 12, 31})->name, "Tên mới");
}

TEST_F(CatalogImport, BeginsTodayWhenNoDayIsGiven) {
  EXPECT_EQ(Run("Mã,Tên\n01,Kinh\n", {.kind = "ethnicities"}), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("2026-11-21"));
}

TEST_F(CatalogImport, SavesTheRestAndSaysWhatItCouldNotRead) {
  EXPECT_EQ(Run("Mã bệnh,Tên bệnh\nI10,Tên mới\nhỏng,x\n", {.kind = "icd10"}), 1);
  EXPECT_THAT(out_.str(), HasSubstr("Dòng 3"));
  EXPECT_EQ(Catalogue()->diagnoses.Find("I10", {2026, 11, 21})->name, "Tên mới");
}

TEST_F(CatalogImport, SavesNothingInADryRun) {
  EXPECT_EQ(Run("Mã bệnh,Tên bệnh\nI10,Tên mới\n", {.kind = "icd10", .dry_run = true}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("chưa lưu"));
  EXPECT_TRUE(station_.All("CodeSystem?status=active").empty());
}

TEST_F(CatalogImport, RefusesAnUnknownListABadDayAndAFileThatIsNoList) {
  EXPECT_EQ(Run("a,b\n", {.kind = "benh"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("icd10, drugs"));
  EXPECT_EQ(Run("a,b\n", {.kind = "icd10", .from = "ngày mai"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--from"));
  EXPECT_EQ(Run("a,b\n1,2\n", {.kind = "icd10"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("tiêu đề"));
  EXPECT_EQ(Run("Mã bệnh,Tên bệnh\nhỏng,x\n", {.kind = "icd10"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("giữ nguyên"));
  std::remove(path_.c_str());
  const CatalogImportOptions missing{.path = path_, .kind = "icd10"};
  EXPECT_EQ(RunCatalogImport(missing, station_.clock, station_.As(access_control::Role::kSystem),
                             out_, err_),
            2);
}

}  // namespace
}  // namespace app::commands
