#include "app/commands/audit_verify.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "access/audit_anchor.h"
#include "testkit/test_station.h"

namespace app::commands {
namespace {

class AuditVerifyTest : public ::testing::Test {
 protected:
  AuditVerifyTest() {
    char name[] = "/tmp/tram-verify-XXXXXX";
    folder = ::mkdtemp(name);
  }
  ~AuditVerifyTest() override { std::filesystem::remove_all(folder); }

  std::string folder;
  std::ostringstream out;
  std::ostringstream err;
};

TEST_F(AuditVerifyTest, EndsWithZeroForAWholeTrail) {
  testkit::TestStation station;
  station.AddPatient("Nguyễn Văn An");
  access_control::AuditAnchor anchor(folder, station.clock);
  ASSERT_TRUE(anchor.Advance(station.store()).ok());
  EXPECT_EQ(RunAuditVerify(station.store(), folder, station.clock, out, err), 0) << err.str();
  EXPECT_NE(out.str().find("nguyên vẹn"), std::string::npos);
}

TEST_F(AuditVerifyTest, EndsWithOneWhenTheAnchoredRecordsAreGone) {
  testkit::TestStation station;
  station.AddPatient("Nguyễn Văn An");
  access_control::AuditAnchor anchor(folder, station.clock);
  ASSERT_TRUE(anchor.Advance(station.store()).ok());
  testkit::TestStation restored;  // an empty store in the place of the full one
  EXPECT_EQ(RunAuditVerify(restored.store(), folder, restored.clock, out, err), 1);
  EXPECT_NE(err.str().find("CẮT"), std::string::npos) << err.str();
}

TEST_F(AuditVerifyTest, EndsWithTwoWhenTheAnchorCannotBeRead) {
  testkit::TestStation station;
  std::filesystem::create_directory(folder + "/audit-anchor.json");
  EXPECT_EQ(RunAuditVerify(station.store(), folder, station.clock, out, err), 2);
}

}  // namespace
}  // namespace app::commands
