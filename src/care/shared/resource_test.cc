#include "care/shared/resource.h"

#include <gtest/gtest.h>

#include "care/shared/systems.h"

namespace care::shared {
namespace {

using base::Json;

TEST(Extensions, AreReplacedNotRepeated) {
  Json encounter = Json::Obj({{"resourceType", "Encounter"}});
  SetExtension(encounter, ext::kStage, "valueCode", "waiting-nurse");
  SetExtension(encounter, ext::kStage, "valueCode", "done");
  EXPECT_EQ(ExtensionText(encounter, ext::kStage), "done");
  EXPECT_EQ(encounter["extension"].size(), 1U);
  SetExtension(encounter, ext::kStage, "valueCode", "");
  EXPECT_FALSE(encounter.Has("extension"));
}

TEST(Identifiers, AreFoundBySystem) {
  Json patient = Json::Obj({});
  SetIdentifier(patient, sid::kPersonalNumber, "001090123456");
  SetIdentifier(patient, sid::kPassport, "C1234567");
  SetIdentifier(patient, sid::kPassport, "C7654321");
  EXPECT_EQ(IdentifierValue(patient, sid::kPassport), "C7654321");
  EXPECT_EQ(patient["identifier"].size(), 2U);
  EXPECT_EQ(IdentifierValue(patient, sid::kLot), "");
}

TEST(Readers, ReadWhatIsMissingAsEmpty) {
  const Json nothing;
  EXPECT_EQ(CodeIn(nothing["code"], code_system::kDrug), "");
  EXPECT_EQ(ReferenceId(ReferenceOf(nothing["subject"])), "");
  EXPECT_FALSE(MomentOf(nothing["period"]["start"]).has_value());
  EXPECT_EQ(*DateOf("1990-02"), (base::Date{1990, 2, 1}));
}

}  // namespace
}  // namespace care::shared
