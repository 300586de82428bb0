#include "http/router.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace http {
namespace {

Handler Saying(std::string text) {
  return [text](const Request& request) {
    return Response::Text(text + std::string(request.PathParameter("id")));
  };
}

TEST(Router, PrefersALiteralToAParameterToAPrefix) {
  Router router;
  router.AddPrefix("/api", Saying("prefix"));
  router.Add(Method::kGet, "/api/visits/{id}", Saying("one "));
  router.Add(Method::kGet, "/api/visits/call-next", Saying("next"));
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/api/visits/call-next").body, "next");
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/api/visits/7?x=1").body, "one 7");
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/api/visits/7/deeper").body, "prefix");
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/api").body, "prefix");
}

TEST(Router, BacktracksFromALiteralThatLeadsNowhere) {
  Router router;
  router.Add(Method::kGet, "/visits/open/list", Saying("list"));
  router.Add(Method::kGet, "/visits/{id}/bill", Saying("bill of "));
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/visits/open/bill").body, "bill of open");
}

TEST(Router, AnswersAnUnknownPathWith404) {
  EXPECT_EQ(CallInMemory(Router(), Method::kGet, "/nothing").status, 404);
}

TEST(Router, AnswersAWrongMethodWith405AndTheAllowedOnes) {
  Router router;
  router.Add(Method::kGet, "/a", Saying("a"));
  router.Add(Method::kPut, "/a", Saying("a"));
  const Response response = CallInMemory(router, Method::kDelete, "/a");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.Get("Allow"), "GET, PUT, HEAD, OPTIONS");
  EXPECT_EQ(CallInMemory(router, Method::kOptions, "/a").status, 204);
  EXPECT_EQ(CallInMemory(router, Method::kHead, "/a").status, 200);
}

TEST(Router, TurnsABrokenInvariantInto500) {
  Router router;
  router.Add(Method::kGet, "/check", [](const Request&) -> Response {
    CHECK(1 == 2);
    return {};
  });
  router.Add(Method::kGet, "/throw",
             [](const Request&) -> Response { throw std::out_of_range("Nguyễn Văn A"); });
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/check").status, 500);
  const Response thrown = CallInMemory(router, Method::kGet, "/throw");
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.body.find("Nguyễn"), std::string::npos);
}

TEST(Router, RunsWrappersTheLastOneOutermost) {
  Router router;
  router.Add(Method::kGet, "/a", Saying("a"));
  for (const char* mark : {"1", "2"}) {
    router.Wrap([mark](const Request& request, const Handler& next) {
      Response response = next(request);
      response.body = mark + response.body + mark;
      return response;
    });
  }
  EXPECT_EQ(CallInMemory(router, Method::kGet, "/a").body, "21a12");
}

TEST(Router, ListsItsRoutes) {
  Router router;
  router.Add(Method::kPost, "/api/login", Saying(""), "sign in");
  router.AddWebSocket(
      "/ws/live", {.authorise = [](const Request&) { return base::Result<std::any>(std::any()); }});
  ASSERT_EQ(router.routes().size(), 2U);
  EXPECT_EQ(router.routes()[0].summary, "sign in");
  EXPECT_EQ(router.routes()[1].method, "WEBSOCKET");
}

TEST(Router, RefusesTheSameRouteTwice) {
  Router router;
  router.Add(Method::kGet, "/a/{x}", Saying(""));
  EXPECT_THROW(router.Add(Method::kGet, "/a/{y}", Saying("")), base::InvariantBroken);
}

}  // namespace
}  // namespace http
