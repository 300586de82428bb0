#include "security/totp.h"

#include <gtest/gtest.h>

namespace security {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";

// RFC 6238 appendix B, the SHA-1 rows.
TEST(Totp, AgreesWithRfc6238) {
  const struct {
    int64_t seconds;
    const char* code;
  } kVectors[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                  {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& vector : kVectors) {
    EXPECT_EQ(TotpCode(kSecret, vector.seconds / 30, 8), vector.code) << vector.seconds;
  }
}

TEST(Totp, TakesOneStepOfDriftEitherWayAndNoMore) {
  const base::Instant now{1'111'111'111'000};
  const int64_t step = now.millis / 30'000;
  for (int drift = -3; drift <= 3; ++drift) {
    const auto found = CheckTotp(kSecret, TotpCode(kSecret, step + drift), now, 0);
    EXPECT_EQ(found.has_value(), drift >= -1 && drift <= 1) << drift;
  }
}

TEST(Totp, OpensOnceOnly) {
  const base::Instant now{1'111'111'111'000};
  const std::string code = TotpCode(kSecret, now.millis / 30'000);
  const auto first = CheckTotp(kSecret, code, now, 0);
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(CheckTotp(kSecret, code, now, *first).has_value());
}

TEST(Totp, RefusesCodesOfAnotherLength) {
  const base::Instant now{1'111'111'111'000};
  const std::string code = TotpCode(kSecret, now.millis / 30'000);
  EXPECT_FALSE(CheckTotp(kSecret, "", now, 0).has_value());
  EXPECT_FALSE(CheckTotp(kSecret, code.substr(1), now, 0).has_value());
  EXPECT_FALSE(CheckTotp(kSecret, code + "0", now, 0).has_value());
}

// RFC 4648 §10 without padding.
TEST(Base32, AgreesWithRfc4648) {
  EXPECT_EQ(ToBase32(""), "");
  EXPECT_EQ(ToBase32("f"), "MY");
  EXPECT_EQ(ToBase32("foo"), "MZXW6");
  EXPECT_EQ(ToBase32("foobar"), "MZXW6YTBOI");
}

}  // namespace
}  // namespace security
