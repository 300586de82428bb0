#include "care/shared/catalogue/word_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace care::shared {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<uint32_t> Find(const WordIndex& index, std::string_view text, size_t limit = 10) {
  return index.Search(text, limit, [](uint32_t) { return true; });
}

WordIndex Sample() {
  return WordIndex({
      {.code = "I10",
       .name = "Bệnh tăng huyết áp vô căn",
       .synonyms = "cao huyết áp;tăng huyết áp",
       .name_en = "Hypertension"},
      {.code = "I15",
       .name = "Tăng huyết áp thứ phát",
       .synonyms = "",
       .name_en = "Secondary hypertension"},
      {.code = "I95",
       .name = "Huyết áp thấp",
       .synonyms = "tụt huyết áp",
       .name_en = "Hypotension"},
      {.code = "E11",
       .name = "Bệnh đái tháo đường",
       .synonyms = "tiểu đường",
       .name_en = "Diabetes",
       .demoted = true},
      {.code = "E11.9",
       .name = "Bệnh đái tháo đường, không biến chứng",
       .synonyms = "tiểu đường",
       .name_en = "Diabetes"},
      {.code = "A15", .name = "Lao hô hấp", .synonyms = "", .name_en = ""},
      {.code = "H52.4", .name = "Lão thị", .synonyms = "", .name_en = ""},
  });
}

TEST(WordIndex, PutsTheExactCodeFirstThenItsChildren) {
  const WordIndex index = Sample();
  EXPECT_THAT(Find(index, "e11"), ElementsAre(3, 4));
  EXPECT_THAT(Find(index, "E11.9"), ElementsAre(4));
  EXPECT_THAT(Find(index, "e119"), ElementsAre(4));
  EXPECT_THAT(Find(index, "I1"), ElementsAre(0, 1));
}

TEST(WordIndex, FindsWordsWithoutMarksInAnyOrder) {
  const WordIndex index = Sample();
  EXPECT_THAT(Find(index, "ap huyet thap"), ElementsAre(2));
  EXPECT_THAT(Find(index, "can vo"), ElementsAre(0));
}

TEST(WordIndex, PutsTheEverydayNameBeforeLongerMatches) {
  const WordIndex index = Sample();
  EXPECT_THAT(Find(index, "tang huyet ap"), ElementsAre(0, 1));
  EXPECT_THAT(Find(index, "cao huyet"), ElementsAre(0));
}

TEST(WordIndex, PutsCodesThatMayNotBeUsedAfterThoseThatMay) {
  EXPECT_THAT(Find(Sample(), "tieu duong"), ElementsAre(4, 3));
}

TEST(WordIndex, MatchesTheBeginningOfTheWordBeingTyped) {
  EXPECT_THAT(Find(Sample(), "dai thao du"), ElementsAre(4, 3));
}

TEST(WordIndex, RespectsMarksThatWereTyped) {
  const WordIndex index = Sample();
  EXPECT_THAT(Find(index, "lão"), ElementsAre(6, 5));
  EXPECT_THAT(Find(index, "lao"), ElementsAre(6, 5));  // without marks the shorter name first
  EXPECT_THAT(Find(index, "Lao hô"), ElementsAre(5));
}

TEST(WordIndex, FindsEnglishLast) {
  EXPECT_THAT(Find(Sample(), "hypertension"), ElementsAre(1, 0));
}

TEST(WordIndex, CountsOnlyAcceptedRows) {
  const WordIndex index = Sample();
  EXPECT_THAT(index.Search("huyet ap", 1, [](uint32_t row) { return row == 1; }), ElementsAre(1));
}

TEST(WordIndex, AnswersNothingToEmptyForeignOrHostileText) {
  const WordIndex index = Sample();
  EXPECT_THAT(Find(index, ""), IsEmpty());
  EXPECT_THAT(Find(index, " .,"), IsEmpty());
  EXPECT_THAT(Find(index, "xyz"), IsEmpty());
  EXPECT_THAT(Find(index, "\xFF\xFE"), IsEmpty());
  EXPECT_THAT(Find(index, std::string(10'000, 'a')), IsEmpty());
  EXPECT_THAT(Find(WordIndex({}), "a"), IsEmpty());
}

}  // namespace
}  // namespace care::shared
