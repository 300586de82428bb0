#include "fhir/search/parameter.h"

#include <set>

#include <gtest/gtest.h>

#include "fhir/search/parameter_tables.h"

namespace fhir::search {
namespace {

using model::ResourceType;

TEST(Parameters, AreTheOfficialOnes) {
  size_t pairs = CommonParameters().size();
  std::set<ParameterId> ids;
  for (const TypedParameter& each : CommonParameters()) ids.insert(each.parameter);
  for (int type = 0; type < 148; ++type) {
    pairs += OwnParameters(static_cast<ResourceType>(type)).size();
    for (const auto& each : OwnParameters(static_cast<ResourceType>(type)))
      ids.insert(each.parameter);
  }
  EXPECT_EQ(pairs, 1709u);
  EXPECT_EQ(ids.size(), 1378u);
}

TEST(Parameters, AreFoundByTypeAndCode) {
  const Parameter* birthdate = FindParameter(ResourceType::kPatient, "birthdate");
  ASSERT_NE(birthdate, nullptr);
  EXPECT_EQ(birthdate->type, ParameterType::kDate);
  EXPECT_EQ(birthdate->url, "http://hl7.org/fhir/SearchParameter/individual-birthdate");
  EXPECT_EQ(FindParameter(birthdate->id), birthdate);
  EXPECT_EQ(FindParameter(ResourceType::kEncounter, "birthdate"), nullptr);
  EXPECT_EQ(FindParameter(ResourceType::kEncounter, "_id"), FindCommonParameter("_id"));
  EXPECT_EQ(FindCommonParameter("birthdate"), nullptr);
}

TEST(Parameters, HaveAPlaceForTheirValuesInEveryType) {
  for (int number = 0; number < 148; ++number) {
    const auto type = static_cast<ResourceType>(number);
    for (const TypedParameter& typed : OwnParameters(type)) {
      const Parameter& parameter = *FindParameter(typed.parameter);
      EXPECT_GT(typed.count, 0) << model::Name(type) << "." << parameter.code;
    }
  }
}

TEST(Parameters, KeepTheParametersOfACompositesPartsWithItsType) {
  for (int number = 0; number < 148; ++number) {
    const auto type = static_cast<ResourceType>(number);
    for (const Parameter* parameter : ParametersOf(type)) {
      for (const Component& part : parameter->components) {
        EXPECT_NE(FindTyped(type, *FindParameter(part.parameter)), nullptr)
            << model::Name(type) << "." << parameter->code;
      }
    }
  }
}

TEST(Parameters, KeepTheirNumbers) {
  // These stand in every index row on disk: a change here needs a migration.
  EXPECT_EQ(FindParameter(ResourceType::kAccount, "identifier")->id, 1);
  EXPECT_EQ(FindParameter(1378)->code,
            FindParameter(ResourceType::kVisionPrescription, "status")->code);
}

TEST(Parameters, PutResourcesIntoPatientCompartments) {
  std::set<std::string_view> codes;
  for (const Parameter* each : PatientCompartmentParameters(ResourceType::kObservation)) {
    codes.insert(each->code);
  }
  EXPECT_EQ(codes, (std::set<std::string_view>{"subject", "performer"}));
  EXPECT_TRUE(PatientCompartmentParameters(ResourceType::kOrganization).empty());
}

}  // namespace
}  // namespace fhir::search
