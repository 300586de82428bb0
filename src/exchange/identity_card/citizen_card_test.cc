#include "exchange/identity_card/citizen_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exchange::identity_card {
namespace {

constexpr std::string_view kCard =
    "001090123456|012345678|NGUYEN VAN A|01011990|Nam|Số 1 phố Bồ Đề, Bồ Đề, Hà Nội|15042021";

std::string With(size_t field, std::string_view value) {
  std::string out;
  size_t index = 0;
  std::string_view rest = kCard;
  while (true) {
    const size_t bar = rest.find('|');
    out += index == field ? value : rest.substr(0, bar);
    if (bar == std::string_view::npos) return out;
    out += '|';
    rest.remove_prefix(bar + 1);
    ++index;
  }
}

TEST(ParseCitizenCard, ReadsTheSevenFields) {
  const auto card = ParseCitizenCard(kCard);
  ASSERT_TRUE(card.ok()) << card.error().message;
  EXPECT_EQ(card->personal_number, "001090123456");
  EXPECT_EQ(card->old_id, "012345678");
  EXPECT_EQ(card->name, "NGUYEN VAN A");
  EXPECT_EQ(card->birth_date.ToIso(), "1990-01-01");
  EXPECT_EQ(card->sex, Sex::kMale);
  EXPECT_EQ(card->address, "Số 1 phố Bồ Đề, Bồ Đề, Hà Nội");
  EXPECT_EQ(card->issue_date.ToIso(), "2021-04-15");
  EXPECT_TRUE(card->warnings.empty());
}

TEST(ParseCitizenCard, IgnoresFieldsAfterTheSeventh) {
  const auto card = ParseCitizenCard(std::string(kCard) + "|||more|5");
  ASSERT_TRUE(card.ok());
  EXPECT_EQ(card->issue_date.ToIso(), "2021-04-15");
}

TEST(ParseCitizenCard, TakesACardWithoutOldNumber) {
  const auto card = ParseCitizenCard(With(1, ""));
  ASSERT_TRUE(card.ok());
  EXPECT_EQ(card->old_id, "");
}

TEST(ParseCitizenCard, OnlyWarnsWhenTheNumberDisagrees) {
  const auto year = ParseCitizenCard(With(3, "01011991"));
  ASSERT_TRUE(year.ok());
  EXPECT_THAT(year->warnings, testing::ElementsAre(testing::HasSubstr("Năm sinh")));
  const auto sex = ParseCitizenCard(With(4, "Nữ"));
  ASSERT_TRUE(sex.ok());
  EXPECT_THAT(sex->warnings, testing::ElementsAre(testing::HasSubstr("Giới tính")));
  const auto issued = ParseCitizenCard(With(6, "31121989"));
  ASSERT_TRUE(issued.ok());
  EXPECT_THAT(issued->warnings, testing::ElementsAre(testing::HasSubstr("Ngày cấp")));
}

TEST(ParseCitizenCard, NamesTheFieldThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {With(0, "00109012345"), "personal_number"},
      {With(0, "00109012345Đ"), "personal_number"},
      {With(1, "12345"), "old_id"},
      {With(1, "'; DROP"), "old_id"},
      {With(2, ""), "name"},
      {With(2, "<script>"), "name"},
      {With(3, "31021990"), "birth_date"},
      {With(3, "1990-01-01"), "birth_date"},
      {With(3, "00000000"), "birth_date"},
      {With(4, "X"), "sex"},
      {With(5, "<img src=x>"), "address"},
      {With(6, "32042021"), "issue_date"},
      {With(6, ""), "issue_date"}};
  for (const auto& [text, field] : cases) {
    const auto card = ParseCitizenCard(text);
    ASSERT_FALSE(card.ok()) << text;
    EXPECT_EQ(card.error().field, field) << text;
    EXPECT_EQ(card.error().message.find("NGUYEN"), std::string::npos)
        << "no patient data in errors";
  }
}

TEST(ParseCitizenCard, TellsHowManyFieldsATruncatedScanHas) {
  for (size_t length = 13; length < kCard.size() - 8; ++length) {
    std::string_view cut = kCard.substr(0, length);
    EXPECT_FALSE(ParseCitizenCard(cut).ok()) << cut;
  }
}

TEST(ParsePersonalNumber, KnowsCenturyAndSex) {
  EXPECT_EQ(ParsePersonalNumber("001090123456")->birth_year, 1990);
  EXPECT_EQ(ParsePersonalNumber("001315123456")->birth_year, 2015);
  EXPECT_EQ(ParsePersonalNumber("001315123456")->sex, Sex::kFemale);
  EXPECT_EQ(ParsePersonalNumber("001201000001")->sex, Sex::kMale);
  EXPECT_FALSE(ParsePersonalNumber("00109012345").ok());
  EXPECT_FALSE(ParsePersonalNumber("00109012345x").ok());
  EXPECT_FALSE(ParsePersonalNumber("").ok());
}

}  // namespace
}  // namespace exchange::identity_card
