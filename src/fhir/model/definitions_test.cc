#include "fhir/model/definitions.h"

#include <gtest/gtest.h>

#include <set>

namespace fhir::model {
namespace {

const Member* Find(std::string_view type, std::string_view name) {
  return FindMember(FindType(type), FindName(name));
}

TEST(ResourceType, HasTheTypesOfR4InOrder) {
  EXPECT_EQ(static_cast<int>(ResourceType::kAccount), 0);
  EXPECT_EQ(static_cast<int>(ResourceType::kVisionPrescription), 147);
  for (int i = 0; i < 148; ++i) {
    const auto type = static_cast<ResourceType>(i);
    EXPECT_EQ(ParseResourceType(Name(type)), type);
    EXPECT_EQ(ToResourceType(ToTypeId(type)), type);
  }
  EXPECT_FALSE(ParseResourceType("patient"));
  EXPECT_FALSE(ParseResourceType(""));
  EXPECT_TRUE(IsAbstract(ResourceType::kResource));
  EXPECT_FALSE(IsAbstract(ResourceType::kPatient));
  EXPECT_FALSE(ToResourceType(TypeId::kHumanName));
}

TEST(Names, FindEveryNameByItsText) {
  for (size_t i = 0; i < NameCount(); ++i) {
    EXPECT_EQ(FindName(NameText(static_cast<NameId>(i))), i);
  }
  EXPECT_EQ(FindName("noSuchName"), kUnknownName);
  EXPECT_EQ(FindName(""), kEmptyName);
  EXPECT_EQ(NameText(ShadowName(FindName("birthDate"))), "_birthDate");
  EXPECT_EQ(ShadowName(FindName("contact")), kEmptyName);
}

TEST(Definitions, ResolveChoices) {
  const Member* quantity = Find("Observation", "valueQuantity");
  ASSERT_NE(quantity, nullptr);
  EXPECT_EQ(quantity->type, TypeId::kQuantity);
  const Member* value = Find("Observation", "value");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->type, TypeId::kNone);
  EXPECT_TRUE(Element(*value).is_choice());
  EXPECT_EQ(Variants(Element(*value)).size(), 11U);
  EXPECT_EQ(Find("Observation", "valueAddress"), nullptr);
  EXPECT_EQ(Find("Observation", "gender"), nullptr);
}

TEST(Definitions, FollowContentReferencesAndBackboneElements) {
  EXPECT_EQ(Find("Questionnaire.item", "item")->type, TypeId::kQuestionnaireItem);
  EXPECT_EQ(Find("Patient", "contact")->type, TypeId::kPatientContact);
  EXPECT_EQ(Find("Patient.contact", "name")->type, TypeId::kHumanName);
  EXPECT_EQ(Find("Bundle", "entry")->type, TypeId::kBundleEntry);
  EXPECT_EQ(Find("Patient", "id")->type, TypeId::kId);
  EXPECT_EQ(Find("HumanName", "id")->type, TypeId::kString);
}

TEST(Definitions, KnowCardinalityFlagsBindingsAndTargets) {
  const ElementInfo& status = Element(*Find("Observation", "status"));
  EXPECT_EQ(status.min, 1);
  EXPECT_EQ(status.max, 1);
  EXPECT_TRUE(status.is_modifier());
  EXPECT_TRUE(status.is_summary());
  EXPECT_FALSE(status.is_array());
  EXPECT_EQ(status.binding, BindingStrength::kRequired);
  EXPECT_EQ(BoundValueSet(status), "http://hl7.org/fhir/ValueSet/observation-status");
  const ElementInfo& practitioner = Element(*Find("Patient", "generalPractitioner"));
  EXPECT_EQ(practitioner.max, ElementInfo::kUnbounded);
  EXPECT_TRUE(practitioner.is_array());
  std::set<std::string_view> targets;
  for (const TypeId type : ReferenceTargets(practitioner)) targets.insert(Info(type).name);
  EXPECT_EQ(targets, (std::set<std::string_view>{"Organization", "Practitioner", "PractitionerRole"}));
}

TEST(Definitions, KnowTheHierarchy) {
  EXPECT_TRUE(IsSubtype(TypeId::kPatient, TypeId::kDomainResource));
  EXPECT_TRUE(IsSubtype(TypeId::kPatient, TypeId::kResource));
  EXPECT_TRUE(IsSubtype(TypeId::kAge, TypeId::kQuantity));
  EXPECT_TRUE(IsSubtype(TypeId::kCode, TypeId::kString));
  EXPECT_TRUE(IsSubtype(TypeId::kPatientContact, TypeId::kBackboneElement));
  EXPECT_FALSE(IsSubtype(TypeId::kBundle, TypeId::kDomainResource));
  EXPECT_FALSE(IsSubtype(TypeId::kQuantity, TypeId::kAge));
  for (size_t i = 1; i <= TypeCount(); ++i) {
    const auto type = static_cast<TypeId>(i);
    EXPECT_EQ(FindType(Info(type).name), type);
  }
  EXPECT_EQ(FindType("Nonsense"), TypeId::kNone);
}

TEST(Definitions, CarryInvariants) {
  std::set<std::string_view> keys;
  for (const uint16_t index : Constraints(Element(*Find("Patient", "contact")))) {
    keys.insert(AllConstraints()[index].key);
  }
  EXPECT_EQ(keys, (std::set<std::string_view>{"ele-1", "pat-1"}));
  EXPECT_FALSE(Constraints(Info(TypeId::kObservation)).empty());
}

TEST(Definitions, ListTheCodesOfRequiredBindings) {
  std::set<std::string_view> codes;
  for (const ValueSetCode& code : BoundCodes(Element(*Find("Patient", "gender")))) {
    codes.insert(code.code);
    EXPECT_EQ(CodeSystemUrl(code), "http://hl7.org/fhir/administrative-gender");
  }
  EXPECT_EQ(codes, (std::set<std::string_view>{"male", "female", "other", "unknown"}));
  EXPECT_TRUE(BoundCodes(Element(*Find("Patient", "language"))).empty());
  EXPECT_TRUE(BoundCodes(Element(*Find("Attachment", "contentType"))).empty());
}

}  // namespace
}  // namespace fhir::model
