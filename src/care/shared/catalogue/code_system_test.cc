#include "care/shared/catalogue/code_system.h"

#include <set>

#include <gtest/gtest.h>

#include "care/shared/catalogue/catalogue.h"

namespace care::shared {
namespace {

TEST(CodeSystem, RoundTripsEveryStarterList) {
  const auto editions = StarterEditions();
  ASSERT_TRUE(editions.ok());
  for (const Edition& edition : *editions) {
    const auto back = FromCodeSystems(ToCodeSystems(edition));
    ASSERT_TRUE(back.ok()) << Name(edition.kind);
    ASSERT_EQ(back->size(), 1u);
    const Edition& again = (*back)[0];
    EXPECT_EQ(again.kind, edition.kind);
    EXPECT_EQ(again.valid_from, edition.valid_from);
    EXPECT_EQ(again.source, "starter");
    ASSERT_EQ(again.table.rows.size(), edition.table.rows.size()) << Name(edition.kind);
    for (size_t i = 0; i < edition.table.rows.size(); ++i) {
      EXPECT_EQ(again.table.rows[i].cells, edition.table.rows[i].cells)
          << Name(edition.kind) << " " << i;
    }
  }
}

TEST(CodeSystem, SurvivesBeingWrittenAsText) {
  const auto editions = StarterEditions();
  ASSERT_TRUE(editions.ok());
  std::vector<base::Json> read;
  for (const Edition& edition : *editions) {
    for (const base::Json& resource : ToCodeSystems(edition)) {
      auto parsed = base::Json::Parse(resource.Dump());
      ASSERT_TRUE(parsed.ok()) << parsed.error().message;
      read.push_back(std::move(parsed).value());
    }
  }
  const auto back = FromCodeSystems(read);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->size(), editions->size());
}

// https://hl7.org/fhir/R4/codesystem.html, invariant csd-1.
TEST(CodeSystem, HasEachCodeOnce) {
  const auto editions = StarterEditions();
  ASSERT_TRUE(editions.ok());
  for (const Edition& edition : *editions) {
    std::set<std::string> codes;
    for (const base::Json& resource : ToCodeSystems(edition)) {
      for (const base::Json& concept_json : resource["concept"].Items()) {
        EXPECT_TRUE(codes.insert(concept_json["code"].String()).second)
            << concept_json["code"].String();
      }
    }
  }
}

TEST(CodeSystem, GivesThePlainCodeToTheRowValidLast) {
  const auto editions = StarterEditions();
  const Edition& services = (*editions)[static_cast<size_t>(ListKind::kServices)];
  std::set<std::string> codes;
  const std::vector<base::Json> resources = ToCodeSystems(services);
  for (const base::Json& concept_json : resources[0]["concept"].Items()) {
    codes.insert(concept_json["code"].String());
  }
  EXPECT_TRUE(codes.contains("18.0015.0001"));
  EXPECT_TRUE(codes.contains("18.0015.0001@2025-01-01"));
}

TEST(CodeSystem, SplitsALargeListAndPutsItTogetherInOrder) {
  Edition edition{
      .kind = ListKind::kEthnicities, .valid_from = {2026, 1, 1}, .source = "", .table = {}};
  for (const Column& column : Columns(edition.kind))
    edition.table.columns.emplace_back(column.name);
  for (int i = 0; i < 31'000; ++i) {
    edition.table.rows.push_back(
        {.line = 0, .cells = {std::to_string(i), "Tên", "", "2026-01-01", ""}});
  }
  std::vector<base::Json> parts = ToCodeSystems(edition);
  ASSERT_EQ(parts.size(), 11u);
  EXPECT_EQ(parts[0]["content"].String(), "fragment");
  std::reverse(parts.begin(), parts.end());
  const auto back = FromCodeSystems(parts);
  ASSERT_TRUE(back.ok());
  ASSERT_EQ((*back)[0].table.rows.size(), 31'000u);
  EXPECT_EQ((*back)[0].table.rows[30'999].cells[0], "30999");
}

TEST(CodeSystem, IgnoresForeignAndRetiredOnesAndRefusesBrokenOnes) {
  const auto foreign = FromCodeSystems({base::Json::Obj(
      {{"resourceType", "CodeSystem"}, {"url", "http://loinc.org"}, {"status", "active"}})});
  ASSERT_TRUE(foreign.ok());
  EXPECT_TRUE(foreign->empty());
  base::Json ours =
      base::Json::Obj({{"url", CodeSystemUrl(ListKind::kIcd10)}, {"status", "active"}});
  EXPECT_FALSE(FromCodeSystems({ours}).ok());
  ours.Set("status", "retired");
  EXPECT_TRUE(FromCodeSystems({ours})->empty());
}

}  // namespace
}  // namespace care::shared
