#include "exchange/insurance/card_qr.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace exchange::insurance {
namespace {

constexpr const char* kName = "4e677579e1bb856e2056c4836e2041";  // Nguyễn Văn A

std::string NewCard() {
  return "0123456789|" + std::string(kName) +
         "|01/02/1990|1|-|01 - C54|01/01/2026|-|02/01/2026|01010123456789|-|4| 01/03/2027|"
         "1a2b3c4d5e6f7a8b-1234|5|" +
         base::ToHex("BHXH thành phố Hà Nội") + "|$";
}

std::string OldCard() {
  return "GD4010123456789|" + std::string(kName) + "|01/02/1990|2|" + base::ToHex("Bồ Đề, Hà Nội") +
         "|01 - 028|01/01/2019|31/12/2019|28/12/2018|$";
}

std::string With(const std::string& card, size_t index, std::string_view value) {
  auto fields = base::Split(card, '|');
  std::string out;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += '|';
    out += i == index ? value : fields[i];
  }
  return out;
}

TEST(ParseCardQr, ReadsTheNewLayout) {
  const auto card = ParseCardQr(NewCard());
  ASSERT_TRUE(card.ok()) << card.error().message;
  EXPECT_EQ(card->layout, CardLayout::kNew);
  EXPECT_EQ(card->number.kind, CardNumberKind::kSocialInsurance);
  EXPECT_EQ(card->name, "Nguyễn Văn A");
  EXPECT_EQ(card->birth_date, "1990-02-01");
  EXPECT_EQ(card->sex, CardSex::kMale);
  EXPECT_EQ(card->registered_facility, "01C54");
  EXPECT_EQ(card->valid_from->ToIso(), "2026-01-01");
  EXPECT_FALSE(card->valid_to);
  EXPECT_EQ(card->issued_on->ToIso(), "2026-01-02");
  EXPECT_EQ(card->issuing_code, "01010123456789");
  EXPECT_EQ(card->five_years_from->ToIso(), "2027-03-01");
  EXPECT_EQ(card->issuing_place, "BHXH thành phố Hà Nội");
}

TEST(ParseCardQr, ReadsTheOldLayout) {
  const auto card = ParseCardQr(OldCard());
  ASSERT_TRUE(card.ok()) << card.error().message;
  EXPECT_EQ(card->layout, CardLayout::kOld);
  EXPECT_EQ(card->number.group, "GD");
  EXPECT_EQ(card->number.level, 4);
  EXPECT_EQ(card->number.province, "01");
  EXPECT_EQ(card->sex, CardSex::kFemale);
  EXPECT_EQ(card->address, "Bồ Đề, Hà Nội");
  EXPECT_EQ(card->registered_facility, "01028");
  EXPECT_EQ(card->valid_to->ToIso(), "2019-12-31");
}

TEST(ParseCardQr, ReadsAShortStringWithATenDigitNumber) {
  const auto card = ParseCardQr("0123456789|" + std::string(kName) +
                                "|01/02/1990|1|-|01 - 028|01/01/2026|-|01/01/2026|…|$");
  ASSERT_TRUE(card.ok()) << card.error().message;
  EXPECT_EQ(card->name, "Nguyễn Văn A");
  EXPECT_EQ(card->registered_facility, "01028");
}

TEST(ParseCardQr, DoesNotMindTheCaseOfHexNorAYearOnly) {
  std::string upper(kName);
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 32 : c);
  EXPECT_EQ(ParseCardQr(With(NewCard(), 1, upper))->name, "Nguyễn Văn A");
  EXPECT_EQ(ParseCardQr(With(NewCard(), 2, "1990"))->birth_date, "1990");
}

TEST(ParseCardQr, NamesTheFieldThatIsWrong) {
  const std::vector<std::tuple<size_t, std::string, std::string>> cases{
      {0, "012345678", "number"},
      {0, "GD9010123456789", "number"},
      {1, "4e6", "name"},
      {1, "4e67zz", "name"},
      {1, "ff", "name"},
      {1, "", "name"},
      {1, base::ToHex("<b>"), "name"},
      {1, base::ToHex("A\u202EB"), "name"},
      {2, "31/02/1990", "birth_date"},
      {2, "01-02-1990", "birth_date"},
      {3, "3", "sex"},
      {4, "zz", "address"},
      {5, "01 - 02", "registered_facility"},
      {6, "2026-01-01", "valid_from"},
      {8, "99/99/9999", "issued_on"},
      {12, "x", "five_years_from"},
      {15, "q", "issuing_place"},
      {16, "", "scan"}};
  for (const auto& [index, value, field] : cases) {
    const auto card = ParseCardQr(With(NewCard(), index, value));
    ASSERT_FALSE(card.ok()) << index << " " << value;
    EXPECT_EQ(card.error().field, field) << index << " " << value;
  }
}

TEST(ParseCardQr, TellsTheDeskToSwitchTheInputMethodOff) {
  const auto card = ParseCardQr(With(NewCard(), 1, "4ê77579e1bb856e2056c4836e2041"));
  ASSERT_FALSE(card.ok());
  EXPECT_NE(card.error().message.find("Telex"), std::string::npos);
}

TEST(ParseCardQr, RefusesEveryTruncation) {
  const std::string whole = NewCard();
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(ParseCardQr(whole.substr(0, length)).ok()) << length;
}

TEST(ParseCardNumber, KnowsTheThreeForms) {
  EXPECT_EQ(ParseCardNumber("001090123456")->kind, CardNumberKind::kPersonalNumber);
  EXPECT_EQ(ParseCardNumber("0123456789")->kind, CardNumberKind::kSocialInsurance);
  const auto full = ParseCardNumber("te1 01 0123456789");
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->text, "TE1010123456789");
  EXPECT_EQ(full->level, 1);
  EXPECT_EQ(full->social_insurance, "0123456789");
  for (const char* bad :
       {"", "GD0010123456789", "GD6010123456789", "G44010123456789", "12345678901"})
    EXPECT_FALSE(ParseCardNumber(bad).ok()) << bad;
}

}  // namespace
}  // namespace exchange::insurance
