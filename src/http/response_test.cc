#include "http/response.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(HttpDate, WritesAndReadsTheFixedForm) {
  // The example of RFC 9110 §5.6.7.
  const base::Instant instant = base::Instant::Parse("1994-11-06T08:49:37Z").value();
  EXPECT_EQ(FormatHttpDate(instant), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(ParseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), instant);
}

TEST(HttpDate, RefusesOtherForms) {
  for (const char* text :
       {"", "1994-11-06", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 28:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 ICT"}) {
    EXPECT_FALSE(ParseHttpDate(text).has_value()) << text;
  }
}

TEST(ErrorResponse, NamesCodeMessageAndFieldButNeverTheDetail) {
  const Response response =
      ErrorResponse(base::Invalid("Ngày sinh không hợp lệ.", "birthDate", "secret detail"), "r1");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"error":{"code":"invalid","message":"Ngày sinh không hợp lệ.","field":"birthDate",)"
            R"("requestId":"r1"}})");
}

TEST(ErrorResponse, TellsWhenToTryAgain) {
  EXPECT_EQ(ErrorResponse(base::Unavailable("Bận.")).headers.Get("retry-after"), "1");
}

}  // namespace
}  // namespace http
