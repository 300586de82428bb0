#include "access/endpoints.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using base::Json;
using testkit::Someone;
using testkit::TestStation;

constexpr const char* kSentence = "chim sẻ hót bảy giờ kém";

class EndpointsTest : public ::testing::Test {
 protected:
  EndpointsTest() {
    char name[] = "/tmp/tram-access-XXXXXX";
    folder = ::mkdtemp(name);
    anchor = std::make_unique<AuditAnchor>(folder, station.clock);
    services.emplace(AccessServices{
        station.store(),
        accounts,
        sessions,
        tokens,
        *anchor,
        station.clock,
        station.random,
        {std::string(testkit::kStationId), station.station.name, station.station.facility_code}});
  }
  ~EndpointsTest() override { std::filesystem::remove_all(folder); }

  base::Result<Json> Call(const std::string& method, const std::string& path, AccessRequest request,
                          Role role = Role::kAdministrator) {
    for (const auto& endpoint : Endpoints()) {
      if (endpoint.method != method || endpoint.path != path) continue;
      return endpoint.handle(request, *services, Someone(role));
    }
    return base::NotFound("no such route");
  }
  Json CreateUser(const char* login, const char* role) {
    auto user = Call("POST", "/api/users",
                     {.body = Json::Obj({{"login", login},
                                         {"name", "Lê Thị Hoa"},
                                         {"roles", Json::Arr({Json(role)})},
                                         {"password", kSentence}})});
    EXPECT_TRUE(user.ok());
    return user.ok() ? *user : Json();
  }
  base::Result<SignedIn> LoginAs(const char* login, const char* password = kSentence) {
    return Login(*services, Json::Obj({{"login", login}, {"password", password}}), "room-1");
  }

  TestStation station;
  security::PasswordHasher hasher{station.random, {.memory_kib = 64, .passes = 1}};
  Accounts accounts{station.store(), hasher, station.clock, station.random,
                    std::string(testkit::kStationId)};
  Sessions sessions{station.store(), station.clock, station.random};
  ProgramTokens tokens{station.store(), station.clock, station.random,
                       std::string(testkit::kStationId)};
  std::string folder;
  std::unique_ptr<AuditAnchor> anchor;
  std::optional<AccessServices> services;
};

TEST_F(EndpointsTest, LogsInLocksUnlocksAndLogsOut) {
  CreateUser("yt.hoa", "nurse");
  auto in = LoginAs("yt.hoa");
  ASSERT_TRUE(in.ok());
  EXPECT_EQ(in->body.At("me.login").String(), "yt.hoa");
  EXPECT_EQ(in->body.At("me.station.name").String(), "Trạm Y tế phường Bồ Đề");
  EXPECT_TRUE(Sessions::CsrfMatches(in->token, in->body["csrf"].String()));
  EXPECT_EQ(in->body.Dump().find(in->token), std::string::npos);

  station.clock.Advance(Sessions::kIdleMillis);
  const auto idle = sessions.Find(in->token, Touch::kPerson);
  EXPECT_TRUE(Me(*services, *idle, in->token).At("me.locked").Bool());
  EXPECT_FALSE(UnlockSession(*services, in->token, Json::Obj({{"password", "x"}}), "room-1").ok());
  auto again = UnlockSession(*services, in->token, Json::Obj({{"password", kSentence}}), "room-1");
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->body.At("me.locked").Bool(true));

  ASSERT_TRUE(Logout(*services, again->token).ok());
  EXPECT_FALSE(sessions.Find(again->token, Touch::kPerson).ok());
  EXPECT_EQ(station.AuditTrail().back().At("subtype.0.code").String(), "logout");
}

TEST_F(EndpointsTest, TellsTheScreensWhatThePersonMayDo) {
  CreateUser("tn.binh", "cashier");
  const auto in = LoginAs("tn.binh");
  const Json& permissions = in->body.At("me.permissions");
  const auto& items = permissions.Items();
  EXPECT_NE(std::find(items.begin(), items.end(), Json("billing.receive")), items.end());
  EXPECT_EQ(std::find(items.begin(), items.end(), Json("visit.prescribe")), items.end());
}

TEST_F(EndpointsTest, EndsSessionsWhenAnAccountIsDisabledOrGivenOtherRoles) {
  const std::string id = CreateUser("yt.hoa", "nurse")["id"].String();
  CreateUser("qt.hung", "administrator");
  for (const Json& change :
       {Json::Obj({{"roles", Json::Arr({Json("cashier")})}}),
        Json::Obj({{"newPassword", kSentence}}), Json::Obj({{"disabled", true}})}) {
    const auto in = LoginAs("yt.hoa");
    ASSERT_TRUE(in.ok());
    ASSERT_TRUE(Call("PUT", "/api/users/{id}", {.path = {{"id", id}}, .body = change}).ok());
    EXPECT_FALSE(sessions.Find(in->token, Touch::kPerson).ok()) << change.Dump();
  }
  EXPECT_FALSE(LoginAs("yt.hoa").ok());
}

TEST_F(EndpointsTest, ListsUsersWithoutTheirSecrets) {
  CreateUser("yt.hoa", "nurse");
  const auto list = Call("GET", "/api/users", {});
  ASSERT_EQ((*list)["items"].size(), 1u);
  EXPECT_EQ((*list).At("items.0.login").String(), "yt.hoa");
  EXPECT_EQ((*list).At("items.0.roles.0").String(), "nurse");
  EXPECT_EQ(list->Dump().find("argon2"), std::string::npos);
}

TEST_F(EndpointsTest, ChangesOnesOwnPasswordAndEndsTheOtherSessions) {
  CreateUser("yt.hoa", "nurse");
  const auto here = LoginAs("yt.hoa");
  const auto elsewhere = LoginAs("yt.hoa");
  const auto session = sessions.Find(here->token, Touch::kPerson);
  ASSERT_TRUE(
      ChangeOwnPassword(*services, *session,
                        Json::Obj({{"current", kSentence}, {"new", "bún riêu trước cổng đình"}}))
          .ok());
  EXPECT_TRUE(sessions.Find(here->token, Touch::kPerson).ok());
  EXPECT_FALSE(sessions.Find(elsewhere->token, Touch::kPerson).ok());
  EXPECT_TRUE(LoginAs("yt.hoa", "bún riêu trước cổng đình").ok());
}

TEST_F(EndpointsTest, ListsAndEndsSessionsAndTokens) {
  CreateUser("yt.hoa", "nurse");
  const auto in = LoginAs("yt.hoa");
  const auto list = Call("GET", "/api/sessions", {});
  ASSERT_EQ((*list)["items"].size(), 1u);
  ASSERT_TRUE(
      Call("DELETE", "/api/sessions/{id}", {.path = {{"id", list->At("items.0.id").String()}}})
          .ok());
  EXPECT_FALSE(sessions.Find(in->token, Touch::kPerson).ok());

  const auto made =
      Call("POST", "/api/tokens",
           {.body = Json::Obj({{"name", "HIS"}, {"roles", Json::Arr({"program"})}, {"days", 30}})});
  ASSERT_TRUE(made.ok());
  EXPECT_TRUE(tokens.Find((*made)["token"].String()).ok());
  const auto shown = Call("GET", "/api/tokens", {});
  EXPECT_EQ(shown->Dump().find((*made)["token"].String()), std::string::npos);
  ASSERT_TRUE(Call("DELETE", "/api/tokens/{id}", {.path = {{"id", (*made)["id"].String()}}}).ok());
  EXPECT_FALSE(tokens.Find((*made)["token"].String()).ok());
}

TEST_F(EndpointsTest, ShowsTheTrailOfOnePatientOnePersonAndOneDay) {
  const auto an = station.AddPatient("Nguyễn Văn An");
  const auto binh = station.AddPatient("Trần Thị Bình");
  station.clock.Advance(86'400'000);
  ASSERT_TRUE(station.As(Role::kDoctor).Read("Patient", an.id()).ok());
  ASSERT_TRUE(station.As(Role::kNurse).Read("Patient", binh.id()).ok());

  const auto of_an = Call("GET", "/api/audit", {.query = {{"patient", an.id()}}});
  ASSERT_TRUE(of_an.ok());
  const Json& newest = of_an->At("items.0");
  EXPECT_EQ(newest["action"].String(), "read");
  EXPECT_EQ(newest["role"].String(), "doctor");
  EXPECT_EQ(newest["type"].String(), "Patient");
  EXPECT_EQ(newest["reference"].String(), an.Reference());
  EXPECT_EQ(newest["purpose"].String(), "treatment");
  EXPECT_EQ(newest["outcome"].String(), "success");
  for (const Json& item : (*of_an)["items"].Items()) {
    EXPECT_EQ(item["patient"].String(), an.Reference());
  }

  const auto by_nurse = Call("GET", "/api/audit", {.query = {{"person", "nurse-1"}}});
  EXPECT_EQ((*by_nurse)["items"].size(), 1u);
  const auto first_day =
      Call("GET", "/api/audit", {.query = {{"from", "2026-11-21"}, {"to", "2026-11-21"}}});
  for (const Json& item : (*first_day)["items"].Items()) {
    EXPECT_EQ(item["at"].String().substr(0, 10), "2026-11-21");
  }
  EXPECT_FALSE((*first_day)["items"].Items().empty());
  // Looking is itself recorded.
  EXPECT_EQ(station.AuditTrail().back().At("subtype.0.code").String(), "search");
  EXPECT_EQ(Call("GET", "/api/audit", {.query = {{"from", "hôm qua"}}}).error().code,
            ErrorCode::kInvalid);
  EXPECT_EQ(Call("GET", "/api/audit", {.query = {{"next", "x"}}}).error().code,
            ErrorCode::kInvalid);
}

TEST_F(EndpointsTest, PagesThroughTheTrailWithoutLosingOrRepeating) {
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto& doctor = station.As(Role::kDoctor);
  for (int i = 0; i < 120; ++i) ASSERT_TRUE(doctor.Read("Patient", patient.id()).ok());
  size_t seen = 0;
  std::string next;
  int pages = 0;
  do {
    const auto page =
        Call("GET", "/api/audit", {.query = {{"person", "doctor-1"}, {"next", next}}});
    ASSERT_TRUE(page.ok());
    seen += (*page)["items"].size();
    next = (*page)["next"].String();
    ASSERT_LT(++pages, 10);
  } while (!next.empty());
  EXPECT_EQ(seen, 120u);
}

TEST_F(EndpointsTest, VerifiesTheChain) {
  station.AddPatient("Nguyễn Văn An");
  const auto verdict = Call("GET", "/api/audit/verify", {});
  EXPECT_TRUE((*verdict)["ok"].Bool());
  EXPECT_GT((*verdict)["records"].Int(), 0);
}

}  // namespace
}  // namespace access_control
