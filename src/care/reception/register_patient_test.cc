#include "care/reception/register_patient.h"

#include <gtest/gtest.h>

#include "care/reception/read_input.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "testkit/test_station.h"

namespace care::reception {
namespace {

using access_control::Role;
using base::Json;

class Desk : public testing::Test {
 protected:
  shared::Context context() { return station_.ContextOf(Role::kReceptionist, *catalogue_); }

  PatientForm Form(const char* json) {
    auto form = ParsePatientForm(*Json::Parse(json), station_.clock.Today());
    EXPECT_TRUE(form.ok()) << form.error().message;
    return *form;
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
};

constexpr const char* kHa =
    R"({"name":"Nguyễn Thị Hà","birthDate":"1990-02-01","gender":"female","personalNumber":"001190123456",
        "insurance":{"number":"GD4010123456789","validFrom":"2026-01-01"}})";

TEST_F(Desk, RegistersAPersonWithCardAndNumber) {
  auto desk = context();
  const auto output = RegisterPatient(Form(kHa), false, desk);
  ASSERT_TRUE(output.ok()) << output.error().message << output.error().detail;
  EXPECT_TRUE(output->duplicates.empty());
  EXPECT_EQ(shared::IdentifierValue(output->patient.body, shared::sid::kPatientNumber), "26-000001");
  const auto person = shared::ReadPerson(desk.record, output->patient.body, station_.clock.Today());
  ASSERT_TRUE(person.ok());
  ASSERT_EQ(person->insurance.size(), 1U);
  EXPECT_EQ(person->insurance.front().level, "4");
}

TEST_F(Desk, NeverRegistersOneNumberTwiceEvenWhenConfirmed) {
  auto desk = context();
  ASSERT_TRUE(RegisterPatient(Form(kHa), false, desk).ok());
  const auto again = RegisterPatient(Form(kHa), true, desk);
  ASSERT_TRUE(again.ok());
  ASSERT_EQ(again->duplicates.size(), 1U);
  EXPECT_EQ(again->duplicates.front().match, Match::kExact);
  EXPECT_EQ(station_.All("Patient").size(), 1U);
}

TEST_F(Desk, WarnsBeforeALikelyDuplicateAndStoresItWhenConfirmed) {
  auto desk = context();
  ASSERT_TRUE(RegisterPatient(Form(kHa), false, desk).ok());
  // A part of the name missing, no marks, day and month swapped, no papers.
  const PatientForm form = Form(
      R"({"name":"nguyen ha","birthDate":"1990-01-02","gender":"female","identityReason":"quên giấy tờ"})");
  const auto warned = RegisterPatient(form, false, desk);
  ASSERT_TRUE(warned.ok());
  ASSERT_EQ(warned->duplicates.size(), 1U);
  EXPECT_EQ(warned->duplicates.front().match, Match::kLikely);
  const auto stored = RegisterPatient(form, true, desk);
  ASSERT_TRUE(stored.ok());
  EXPECT_TRUE(stored->duplicates.empty());
  EXPECT_EQ(station_.All("Patient").size(), 2U);
}

TEST_F(Desk, LetsTwoPeopleOfOneNameAndBirthDateLiveWhenTheirNumbersDiffer) {
  auto desk = context();
  ASSERT_TRUE(RegisterPatient(Form(kHa), false, desk).ok());
  const auto twin = RegisterPatient(
      Form(R"({"name":"Nguyễn Thị Hà","birthDate":"1990-02-01","gender":"female","personalNumber":"001190999999"})"),
      false, desk);
  ASSERT_TRUE(twin.ok());
  EXPECT_TRUE(twin->duplicates.empty());
}

TEST_F(Desk, GivesANewbornAnIdentityThatCannotPassForANumber) {
  auto desk = context();
  const auto output = RegisterPatient(
      Form(R"({"identityKind":"newborn","birthDate":"2026-11-20","gender":"male","guardian":{"name":"Lê Thị Mai"}})"),
      false, desk);
  ASSERT_TRUE(output.ok()) << output.error().message;
  const std::string id = shared::IdentifierValue(output->patient.body, shared::sid::kTemporary);
  EXPECT_TRUE(id.starts_with("TAM-")) << id;
  EXPECT_EQ(station_.All("RelatedPerson").size(), 1U);
}

TEST_F(Desk, ReadsACitizenCardAndFindsThePersonItBelongsTo) {
  auto desk = context();
  ASSERT_TRUE(RegisterPatient(Form(kHa), false, desk).ok());
  const auto read = ReadInput(
      "001190123456|012345678|NGUYỄN THỊ HÀ|01021990|Nữ|Tổ 5, Bồ Đề, Hà Nội|15042021", desk);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->kind, "citizen_card");
  EXPECT_EQ(read->form.name, "Nguyễn Thị Hà");
  ASSERT_EQ(read->people.size(), 1U);
  EXPECT_EQ(read->people.front().match, Match::kExact);
}

TEST_F(Desk, FindsAPersonByANameWithoutMarksInAnyOrder) {
  auto desk = context();
  ASSERT_TRUE(RegisterPatient(Form(kHa), false, desk).ok());
  for (const char* text : {"nguyen thi ha", "ha nguyen", "Hà 1990"}) {
    const auto found = FindByText(desk.record, text);
    ASSERT_TRUE(found.ok()) << text;
    EXPECT_EQ(found->size(), 1U) << text;
  }
  EXPECT_TRUE(FindByText(desk.record, "tran van b")->empty());
}

TEST_F(Desk, CorrectsDetailsAndNoticesAColleagueWhoWasFaster) {
  auto desk = context();
  const auto output = RegisterPatient(Form(kHa), false, desk);
  PatientForm form = Form(kHa);
  form.phone = "0912345678";
  const auto corrected = CorrectPatient(output->patient.id(), form, output->patient.version, desk);
  ASSERT_TRUE(corrected.ok()) << corrected.error().message;
  EXPECT_EQ(CorrectPatient(output->patient.id(), form, output->patient.version, desk).error().code,
            base::ErrorCode::kConflict);
}

}  // namespace
}  // namespace care::reception
