#include "app/wiring/station_record.h"

#include <gtest/gtest.h>

namespace app::wiring {
namespace {

TEST(StationRecord, KeepsEverythingTheRoomsRead) {
  care::shared::Station station;
  station.organization_id = "tram";
  station.name = "Trạm Y tế phường Bồ Đề";
  station.facility_code = "01234";
  station.facility_gln = "8938000000017";
  station.commune_code = "00118";
  station.address = "Phường Bồ Đề, Hà Nội";
  station.phone = "02438000000";
  station.head_of_station = "Người Đứng Đầu";
  station.head_social_insurance = "0123456789";
  station.bank = {"970403", "0011012345678", "TRAM Y TE"};
  station.desks = {"Phòng khám 1", "Phòng khám 2"};
  station.machines = {{"group:1", "XN.1.01234.1"}};
  const auto read = FromOrganization(ToOrganization(station));
  EXPECT_EQ(ToOrganization(read).Dump(), ToOrganization(station).Dump());
  EXPECT_EQ(read.bank.account, "0011012345678");
  EXPECT_EQ(read.desks.size(), 2U);
  EXPECT_EQ(read.machines.at("group:1"), "XN.1.01234.1");
}

}  // namespace
}  // namespace app::wiring
