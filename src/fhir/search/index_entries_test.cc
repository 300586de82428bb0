#include "fhir/search/index_entries.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/time.h"

namespace fhir::search {
namespace {

using model::ResourceType;

IndexEntries Extracted(std::string_view json) {
  auto document = model::Document::ParseResource(json);
  EXPECT_TRUE(document.ok());
  auto entries = Extract(**document);
  EXPECT_TRUE(entries.ok());
  return std::move(entries).value();
}

Slot SlotOf(ResourceType type, std::string_view code, Form form = Form::kValue) {
  return MakeSlot(FindParameter(type, code)->id, type, form);
}

template <class Row>
std::vector<Row> In(const std::vector<Row>& rows, Slot slot) {
  std::vector<Row> out;
  std::ranges::copy_if(rows, std::back_inserter(out), [&](const Row& r) { return r.slot == slot; });
  return out;
}

std::vector<std::string> Texts(const std::vector<TextRow>& rows) {
  std::vector<std::string> out;
  for (const TextRow& row : rows) out.push_back(row.text);
  return out;
}

TEST(Extract, MakesOneRowPerCodingAndOnePerSystem) {
  const auto entries =
      Extracted(R"({"resourceType":"Condition","id":"c","code":{"text":"Sốt xuất huyết",
    "coding":[{"system":"http://icd","code":"A91"},{"code":"x"}]}})");
  const auto rows = In(entries.keys, SlotOf(ResourceType::kCondition, "code"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_NE(std::ranges::find(rows, KeyRow{rows[0].slot, Key("A91"), Qualifier("http://icd")}),
            rows.end());
  EXPECT_NE(std::ranges::find(rows, KeyRow{rows[0].slot, Key("x"), 0}), rows.end());
  EXPECT_EQ(In(entries.keys, SlotOf(ResourceType::kCondition, "code", Form::kSystem)).size(), 1u);
  EXPECT_EQ(Texts(In(entries.texts, SlotOf(ResourceType::kCondition, "code", Form::kText))),
            std::vector<std::string>{"sot xuat huyet"});
}

TEST(Extract, LetsANameBeFoundFromEachOfItsWords) {
  const auto entries =
      Extracted(R"({"resourceType":"Patient","id":"p","name":[{"text":"Nguyễn Văn Đức"}]})");
  EXPECT_EQ(Texts(In(entries.texts, SlotOf(ResourceType::kPatient, "name"))),
            (std::vector<std::string>{"duc", "nguyen van duc", "van duc"}));
  EXPECT_EQ(Texts(In(entries.texts, SlotOf(ResourceType::kPatient, "name", Form::kSort))),
            std::vector<std::string>{"nguyen van duc"});
}

TEST(Extract, PutsTheFamilyNameFirstWhenANameHasNoText) {
  const auto entries = Extracted(
      R"({"resourceType":"Patient","id":"p","name":[{"given":["Văn","Đức"],"family":"Nguyễn"}]})");
  const auto rows = In(entries.texts, SlotOf(ResourceType::kPatient, "name"));
  const TextRow whole{SlotOf(ResourceType::kPatient, "name"), "nguyen van duc", 0};
  EXPECT_NE(std::ranges::find(rows, whole), rows.end());
  // Each part can be found by :exact.
  const TextRow family{SlotOf(ResourceType::kPatient, "name"), "nguyen", Key("Nguyễn")};
  EXPECT_NE(std::ranges::find(rows, family), rows.end());
}

TEST(Extract, KeepsPeriodsHalfOpenAndTheirOpenEnds) {
  const auto entries = Extracted(
      R"({"resourceType":"Encounter","id":"e","status":"finished","period":{"start":"2026-11-21"}})");
  const auto rows = In(entries.dates, SlotOf(ResourceType::kEncounter, "date"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].low, base::LocalMidnight({2026, 11, 21}).millis);
  EXPECT_EQ(rows[0].high, kMaxMillis);
}

TEST(Extract, FindsChoicesByTheirTypedNames) {
  const auto entries = Extracted(R"({"resourceType":"Observation","id":"o","status":"final",
    "code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
    "effectiveDateTime":"2026-11-21T07:00:00+07:00",
    "valueQuantity":{"value":120.0,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}})");
  EXPECT_EQ(In(entries.dates, SlotOf(ResourceType::kObservation, "date")).size(), 1u);
  const auto rows = In(entries.numbers, SlotOf(ResourceType::kObservation, "value-quantity"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].low, 120);
  EXPECT_EQ(rows[0].code, Key("mm[Hg]"));
  EXPECT_EQ(rows[0].unit, Key("mmHg"));
  EXPECT_EQ(rows[0].system, Qualifier("http://unitsofmeasure.org"));
}

TEST(Extract, TellsReferencesHereFromAddressesElsewhere) {
  const auto entries = Extracted(R"({"resourceType":"Encounter","id":"e","status":"finished",
    "subject":{"reference":"Patient/p1/_history/3"},
    "participant":[{"individual":{"reference":"https://hub.example/fhir/Practitioner/9"}}],
    "serviceProvider":{"identifier":{"system":"http://kcb","value":"01001"}}})");
  const auto subject = In(entries.keys, SlotOf(ResourceType::kEncounter, "subject"));
  ASSERT_EQ(subject.size(), 1u);
  EXPECT_EQ(subject[0].key, Key("p1"));
  EXPECT_EQ(subject[0].qualifier, TypeQualifier(ResourceType::kPatient));
  EXPECT_EQ(In(entries.keys, SlotOf(ResourceType::kEncounter, "patient")).size(), 1u);
  const auto participant = In(entries.keys, SlotOf(ResourceType::kEncounter, "participant"));
  ASSERT_EQ(participant.size(), 1u);
  EXPECT_EQ(participant[0].qualifier, kUrl);
  const auto provider =
      In(entries.keys, SlotOf(ResourceType::kEncounter, "service-provider", Form::kIdentifier));
  ASSERT_EQ(provider.size(), 1u);
  EXPECT_EQ(provider[0].key, Key("01001"));
  EXPECT_EQ(entries.patients, std::vector<uint64_t>{Key("p1")});
}

TEST(Extract, LeavesOutWhatCannotBeRead) {
  const auto entries = Extracted(
      R"({"resourceType":"Patient","id":"p","birthDate":"2026-13-45","name":"odd","gender":7,"active":"yes"})");
  EXPECT_TRUE(entries.dates.empty());
  EXPECT_TRUE(In(entries.keys, SlotOf(ResourceType::kPatient, "gender")).empty());
}

TEST(Extract, SortsRowsAndHasNoneTwice) {
  const auto entries = Extracted(R"({"resourceType":"Patient","id":"p","telecom":[
    {"system":"phone","value":"0900"},{"system":"phone","value":"0900"},{"system":"email","value":"a@b"}]})");
  EXPECT_TRUE(std::ranges::is_sorted(entries.keys));
  EXPECT_EQ(In(entries.keys, SlotOf(ResourceType::kPatient, "phone")).size(), 1u);
  EXPECT_EQ(In(entries.keys, SlotOf(ResourceType::kPatient, "telecom")).size(), 2u);
}

TEST(Slots, FitASignedColumnOfThirtyTwoBits) {
  EXPECT_LT(MakeSlot(0x7FFF, static_cast<ResourceType>(147), Form::kSort), 1u << 31);
}

TEST(CutIndexedText, EndsAtACharacter) {
  std::string text(255, 'a');
  text += "ữữ";
  EXPECT_EQ(CutIndexedText(text).size(), 255u);
}

}  // namespace
}  // namespace fhir::search
