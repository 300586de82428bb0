#include "care/shared/station_record.h"

#include <gtest/gtest.h>

namespace care::shared {
namespace {

TEST(StationRecord, ReadsBackWhatItWrote) {
  Station station;
  station.organization_id = "tyt";
  station.name = "Trạm Y tế phường Bồ Đề";
  station.facility_code = "01234";
  station.facility_gln = "8938505970025";
  station.commune_code = "00145";
  station.address = "Phường Bồ Đề, thành phố Hà Nội";
  station.phone = "02438271234";
  station.head_of_station = "Bác sĩ Trưởng Trạm";
  station.bank = {.bin = "970436", .account = "0011001234567", .holder = "TRAM Y TE BO DE"};
  station.desks = {"Phòng khám 1", "Phòng khám 2"};
  const Station read = ReadOrganization(MakeOrganization(station));
  EXPECT_EQ(read.organization_id, station.organization_id);
  EXPECT_EQ(read.name, station.name);
  EXPECT_EQ(read.facility_code, station.facility_code);
  EXPECT_EQ(read.facility_gln, station.facility_gln);
  EXPECT_EQ(read.province_code, "01");
  EXPECT_EQ(read.commune_code, station.commune_code);
  EXPECT_EQ(read.address, station.address);
  EXPECT_EQ(read.phone, station.phone);
  EXPECT_EQ(read.head_of_station, station.head_of_station);
  EXPECT_EQ(read.bank.bin, station.bank.bin);
  EXPECT_EQ(read.bank.account, station.bank.account);
  EXPECT_EQ(read.bank.holder, station.bank.holder);
  EXPECT_EQ(read.desks, station.desks);
}

TEST(StationRecord, ReadsAnEmptyOrganizationAsAnEmptyStation) {
  const Station read = ReadOrganization(base::Json::Obj());
  EXPECT_TRUE(read.name.empty());
  EXPECT_TRUE(read.desks.empty());
}

}  // namespace
}  // namespace care::shared
