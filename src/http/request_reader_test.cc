#include "http/request_reader.h"

#include <string>

#include <gtest/gtest.h>

namespace http {
namespace {

using State = RequestReader::State;

// Feeds everything at once; 0 when it was taken, else the refusal's status.
int Refusal(const std::string& bytes, size_t body_limit = 100) {
  RequestReader reader;
  std::string rest = bytes;
  while (true) {
    const size_t used = reader.Feed(rest);
    rest.erase(0, used);
    if (reader.state() == State::kHeadReady) {
      reader.AllowBody(body_limit);
    } else if (reader.state() == State::kRefused) {
      return reader.refused_status();
    } else if (used == 0 || reader.state() == State::kDone) {
      return reader.state() == State::kDone ? 0 : -1;
    }
  }
}

TEST(RequestReader, ReadsARequestGivenByteByByte) {
  const std::string bytes =
      "POST /api/a%20b?x=1 HTTP/1.1\r\nHost: tram\r\nContent-Length: 5\r\n\r\nhelloGET";
  RequestReader reader;
  std::string pending;
  size_t fed = 0;
  for (const char c : bytes) {
    pending.push_back(c);
    const size_t used = reader.Feed(pending);
    pending.erase(0, used);
    if (reader.state() == State::kHeadReady) reader.AllowBody(5);
    ++fed;
    if (reader.state() == State::kDone) break;
  }
  EXPECT_EQ(fed, bytes.size() - 3);
  EXPECT_EQ(reader.request().segments, (std::vector<std::string>{"api", "a b"}));
  EXPECT_EQ(reader.request().query.Get("x"), "1");
  EXPECT_EQ(reader.request().body, "hello");
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, ReadsAChunkedBody) {
  RequestReader reader;
  std::string bytes =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4\r\nTram\r\n1;x=y\r\n!\r\n0\r\n\r\n";
  bytes.erase(0, reader.Feed(bytes));
  reader.AllowBody(5);
  bytes.erase(0, reader.Feed(bytes));
  ASSERT_EQ(reader.state(), State::kDone);
  EXPECT_EQ(reader.request().body, "Tram!");
  EXPECT_EQ(bytes, "");
}

struct Hostile {
  const char* name;
  std::string bytes;
  int status;
};

class RefusesHostileBytes : public testing::TestWithParam<Hostile> {};

TEST_P(RefusesHostileBytes, WithTheRightStatus) {
  EXPECT_EQ(Refusal(GetParam().bytes), GetParam().status);
}

const std::string kHead = "POST / HTTP/1.1\r\nHost: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    RequestReader, RefusesHostileBytes,
    testing::Values(
        Hostile{"BareLf", "GET / HTTP/1.1\nHost: a\n\n", 400},
        Hostile{"BareLfInHeader", kHead + "X: 1\nY: 2\r\n\r\n", 400},
        Hostile{"BareCr", kHead + "X: 1\rY: 2\r\n\r\n", 400},
        Hostile{"ObsFold", kHead + "X: 1\r\n 2\r\n\r\n", 400},
        Hostile{"NulByte", kHead + std::string("X: 1\0\r\n\r\n", 9), 400},
        Hostile{"TlsHello", std::string("\x16\x03\x01\x02", 4), 400},
        Hostile{"SpaceBeforeColon", kHead + "X : 1\r\n\r\n", 400},
        Hostile{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Hostile{"TwoHosts", kHead + "Host: b\r\n\r\n", 400},
        Hostile{"BadHost", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Hostile{"TwoLengths", kHead + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
        Hostile{"LengthList", kHead + "Content-Length: 1, 1\r\n\r\nx", 400},
        Hostile{"SignedLength", kHead + "Content-Length: +1\r\n\r\nx", 400},
        Hostile{"HugeLength", kHead + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
        Hostile{"LengthAndChunked",
                kHead + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Hostile{"ChunkedTwice", kHead + "Transfer-Encoding: chunked, chunked\r\n\r\n", 501},
        Hostile{"UnknownCoding", kHead + "Transfer-Encoding: xchunked\r\n\r\n", 501},
        Hostile{"ChunkedInHttp10",
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Hostile{"ChunkSizeNotHex",
                kHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", 400},
        Hostile{"ChunkSizeNegative",
                kHead + "Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n", 400},
        Hostile{"ChunkSizeOverflow",
                kHead + "Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\nx\r\n0\r\n\r\n",
                400},
        Hostile{"ChunkWithoutLineEnd",
                kHead + "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", 400},
        Hostile{"ChunksTooLong",
                kHead + "Transfer-Encoding: chunked\r\n\r\nffff\r\n" + std::string(300, 'x'), 413},
        Hostile{"EndlessChunkExtension",
                kHead + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(20'000, 'x'), 400},
        Hostile{"BodyTooLong", kHead + "Content-Length: 101\r\n\r\n", 413},
        Hostile{"LongUrl", "GET /" + std::string(8'300, 'a') + " HTTP/1.1\r\n", 414},
        Hostile{"HugeHeader", kHead + "X: " + std::string(20'000, 'x'), 431},
        Hostile{"OldVersion", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
        Hostile{"NextVersion", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Hostile{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Hostile{"DotDot", "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Hostile{"BrokenEscape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Hostile{"BrokenQuery", "GET /?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Hostile{"Authority", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Hostile{"OtherHost", "GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Hostile{"GzipBody", kHead + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", 415},
        Hostile{"OddExpectation", kHead + "Expect: tea\r\n\r\n", 417},
        Hostile{"BlankLines", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400}),
    [](const testing::TestParamInfo<Hostile>& hostile) { return hostile.param.name; });

TEST(RequestReader, TakesTheAbsoluteFormOfItsOwnHost) {
  EXPECT_EQ(Refusal("GET http://a/x?y=1 HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
}

TEST(RequestReader, TakesOneBlankLineBeforeTheRequest) {
  EXPECT_EQ(Refusal("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
}

TEST(RequestReader, JudgesTheBodyBeforeItComes) {
  RequestReader reader;
  reader.Feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000000\r\n\r\n");
  ASSERT_EQ(reader.state(), State::kHeadReady);
  reader.AllowBody(1000);
  EXPECT_EQ(reader.state(), State::kRefused);
  EXPECT_EQ(reader.refused_status(), 413);
}

}  // namespace
}  // namespace http
