#include "app/commands/claim_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "exchange/insurance/claim_xml.h"

namespace app::commands {
namespace {

class TramClaimCheck : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() /
            ("tram_claim_check_" + std::to_string(reinterpret_cast<uintptr_t>(this)) + ".xml");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  int Check(const std::string& content) {
    std::ofstream(path_, std::ios::binary) << content;
    return RunClaimCheck(path_.string(), out_, err_);
  }

  std::filesystem::path path_;
  std::ostringstream out_, err_;
};

// A check-in is the smallest file that can be right.
exchange::insurance::ClaimFile CheckIn() {
  exchange::insurance::ClaimFile file{.facility = "01C54", .created_on = "20261121"};
  exchange::insurance::Dossier dossier;
  auto& row = dossier.Add("XML0");
  for (const auto& field : row.table().fields) row.Set(field.name, "");
  row.Set("MA_LK", "LK-1").Set("STT", "1").Set("MA_BN", "26-000123").Set("HO_TEN", "Nguyễn Văn A");
  row.Set("NGAY_SINH", "199001010000").Set("GIOI_TINH", "1").Set("MA_DOITUONG_KCB", "1.2");
  row.Set("NGAY_VAO", "202611210800").Set("MA_LOAI_KCB", "01").Set("MA_CSKCB", "01C54");
  row.Set("MA_DICH_VU", "02.03").Set("NGAY_YL", "202611210805");
  file.dossiers.push_back(std::move(dossier));
  return file;
}

TEST_F(TramClaimCheck, IsSilentAboutAFileWithoutFaults) {
  EXPECT_EQ(Check(*WriteClaimFile(CheckIn())), 0);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(TramClaimCheck, PrintsALinePerFinding) {
  auto file = CheckIn();
  file.dossiers[0].parts[0].rows[0].Set("GIOI_TINH", "7").Set("NGAY_YL", "2026");
  EXPECT_EQ(Check(*WriteClaimFile(file)), 1);
  const std::string out = out_.str();
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_EQ(out.substr(0, out.find("\t", 20)), "error\tfield.code\tXML0[1].GIOI_TINH");
}

TEST_F(TramClaimCheck, EndsWithZeroWhenThereAreOnlyWarnings) {
  auto file = CheckIn();
  file.dossiers[0].parts[0].rows[0].Set("SO_CCCD", "ABC");
  EXPECT_EQ(Check(*WriteClaimFile(file)), 0);
  EXPECT_EQ(out_.str().substr(0, 8), "warning\t");
}

TEST_F(TramClaimCheck, EndsWithTwoWhenThereIsNothingToRead) {
  EXPECT_EQ(Check("not XML"), 2);
  EXPECT_EQ(Check("<!DOCTYPE a><GIAMDINHHS/>"), 2);
  EXPECT_EQ(RunClaimCheck("/nonexistent/file.xml", out_, err_), 2);
  EXPECT_EQ(RunClaimCheck("/", out_, err_), 2);
  EXPECT_EQ(out_.str(), "");
  EXPECT_NE(err_.str(), "");
}

}  // namespace
}  // namespace app::commands
