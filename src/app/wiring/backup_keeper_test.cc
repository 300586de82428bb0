#include "app/wiring/backup_keeper.h"

#include <gtest/gtest.h>

namespace app::wiring {
namespace {

TEST(Superfluous, KeepsADayOfHoursAndAFortnightOfDays) {
  const base::Instant now = *base::Instant::Parse("2026-11-21T12:00:00+07:00");
  const auto gone = Superfluous(
      {"tram-20261121-1100.backup", "tram-20261120-1300.backup", "tram-20261120-1100.backup",
       "tram-20261120-1700.backup", "tram-20261119-0900.backup", "tram-20261119-1600.backup",
       "tram-20261101-1600.backup", "anything.else"},
      now);
  EXPECT_EQ(gone, (std::vector<std::string>{"tram-20261101-1600.backup", "tram-20261119-0900.backup",
                                            "tram-20261120-1100.backup"}));
}

TEST(Superfluous, NeverThrowsTheOnlyBackupOfTodayAway) {
  const base::Instant now = *base::Instant::Parse("2026-11-21T12:00:00+07:00");
  EXPECT_TRUE(Superfluous({"tram-20261121-0001.backup"}, now).empty());
}

}  // namespace
}  // namespace app::wiring
