#include "http/compression.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(Gunzip, ReturnsWhatWasCompressed) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(Gunzip(Gzip(text + "y")).value(), text + "y");
  EXPECT_EQ(Gunzip(Gzip("")).value(), "");
}

TEST(Gunzip, ReadsSeveralMembers) { EXPECT_EQ(Gunzip(Gzip("a") + Gzip("b")).value(), "ab"); }

TEST(Gunzip, RefusesABombACutAndNoise) {
  EXPECT_EQ(Gunzip(Gzip(std::string(30UL << 20, '\0'))).error().code, base::ErrorCode::kTooLarge);
  const std::string whole = Gzip("hello hello hello");
  EXPECT_EQ(Gunzip(whole.substr(0, whole.size() - 9)).error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(Gunzip("not gzip at all").error().code, base::ErrorCode::kInvalid);
}

TEST(AcceptsEncoding, HeedsTheQuality) {
  Headers headers;
  headers.Set("Accept-Encoding", "br;q=0, gzip;q=0.5 , deflate");
  EXPECT_FALSE(AcceptsEncoding(headers, "br"));
  EXPECT_TRUE(AcceptsEncoding(headers, "gzip"));
  EXPECT_FALSE(AcceptsEncoding(headers, "zstd"));
}

TEST(CompressAnswer, LeavesSmallAndCompressedAnswersAlone) {
  Request request;
  request.headers.Set("Accept-Encoding", "gzip");
  Response small = Response::Text("x");
  CompressAnswer(request, small);
  EXPECT_EQ(small.body, "x");
  Response large = Response::Text(std::string(5000, 'x'));
  CompressAnswer(request, large);
  EXPECT_EQ(large.headers.Get("Content-Encoding"), "gzip");
  EXPECT_EQ(Gunzip(large.body).value(), std::string(5000, 'x'));
  const std::string once = large.body;
  CompressAnswer(request, large);
  EXPECT_EQ(large.body, once);
}

}  // namespace
}  // namespace http
