#include "care/reception/patient_form.h"

#include <gtest/gtest.h>

#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::reception {
namespace {

using base::Json;

const base::Date kToday{2026, 11, 21};

Json Citizen() {
  return *Json::Parse(R"({"name":"Nguyễn Thị Hà","birthDate":"1990-02-01","gender":"female",
      "personalNumber":"001190123456","insurance":{"number":"GD4010123456789","validFrom":"2026-01-01"}})");
}

struct Refusal {
  const char* name;
  const char* field;
  const char* value;
  const char* expected_field;
};

class RefusedForm : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedForm, NamesTheField) {
  Json form = Citizen();
  form.Set(GetParam().field, *Json::Parse(GetParam().value));
  const auto parsed = ParsePatientForm(form, kToday);
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().field, GetParam().expected_field);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedForm,
    testing::Values(Refusal{"NoName", "name", R"("")", "form.name"},
                    Refusal{"BornTomorrow", "birthDate", R"("2026-11-22")", "form.birthDate"},
                    Refusal{"BornLongAgo", "birthDate", R"("1850-01-01")", "form.birthDate"},
                    Refusal{"NoSuchDay", "birthDate", R"("1990-02-30")", "form.birthDate"},
                    Refusal{"ShortNumber", "personalNumber", R"("00119012345")", "form.personalNumber"},
                    Refusal{"BadCard", "insurance", R"({"number":"12"})", "form.insurance.number"},
                    Refusal{"ForeignerWithoutPassport", "identityKind", R"("foreigner")", "form.passport"},
                    Refusal{"NewbornWithoutMother", "identityKind", R"("newborn")", "form.guardian.name"}),
    [](const auto& refusal) { return refusal.param.name; });

TEST(PatientForm, SurvivesTheWayThroughTheRecord) {
  const PatientForm form = *ParsePatientForm(Citizen(), kToday);
  Json patient;
  ApplyToPatient(form, patient);
  const Json coverage = CoverageFor(*form.insurance, "Patient/1");
  EXPECT_EQ(ToJson(FormOf(patient, coverage)).Dump(), ToJson(form).Dump());
  EXPECT_EQ(shared::ExtensionText(coverage, shared::ext::kBenefitLevel), "4");
}

TEST(PatientForm, NamesAnUnknownPersonAndANewborn) {
  EXPECT_EQ(ParsePatientForm(*Json::Parse(R"({"identityKind":"unknown"})"), kToday)->name,
            "Không rõ danh tính");
  EXPECT_EQ(ParsePatientForm(*Json::Parse(R"({"identityKind":"newborn","birthDate":"2026-11-20",
                "guardian":{"name":"Lê Thị Mai"}})"), kToday)->name,
            "Con bà Lê Thị Mai");
}

TEST(HumanName, KeepsTheFamilyNameFirst) {
  const Json name = HumanName("Nguyễn Thị Hà");
  EXPECT_EQ(name["family"].String(), "Nguyễn");
  EXPECT_EQ(name["given"].size(), 2U);
}

}  // namespace
}  // namespace care::reception
