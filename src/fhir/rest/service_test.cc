#include "fhir/rest/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fhir/rest/testing.h"

namespace fhir::rest {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::StartsWith;

TEST(FhirRead, GivesTheResourceWithItsVersionAndTime) {
  TestService service;
  const std::string id = service.AddPatient("Nguyễn");
  const Answer answer = service.Get("/fhir/Patient/" + id);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.At("name.0.family").String(), "Nguyễn");
  EXPECT_EQ(answer.body.At("meta.versionId").String(), "1");
  EXPECT_EQ(answer.headers.Get("ETag"), "W/\"1\"");
  EXPECT_EQ(answer.headers.Get("Last-Modified"), "Sat, 21 Nov 2026 00:05:00 GMT");
  EXPECT_THAT(answer.headers.Get("Content-Type"), StartsWith("application/fhir+json"));
}

TEST(FhirRead, SaysNotModifiedToWhoHasThisVersion) {
  TestService service;
  const std::string url = "/fhir/Patient/" + service.AddPatient("Nguyễn");
  EXPECT_EQ(service.Call(Method::kGet, url, {}, With("If-None-Match", "W/\"1\"")).status, 304);
  EXPECT_EQ(service.Call(Method::kGet, url, {}, With("If-None-Match", "W/\"2\"")).status, 200);
  EXPECT_EQ(
      service
          .Call(Method::kGet, url, {}, With("If-Modified-Since", "Sat, 21 Nov 2026 00:05:00 GMT"))
          .status,
      304);
  EXPECT_EQ(
      service
          .Call(Method::kGet, url, {}, With("If-Modified-Since", "Sat, 21 Nov 2026 00:04:59 GMT"))
          .status,
      200);
}

TEST(FhirRead, TellsMissingFromDeleted) {
  TestService service;
  const std::string url = "/fhir/Patient/" + service.AddPatient("Nguyễn");
  EXPECT_EQ(service.Get("/fhir/Patient/nobody").status, 404);
  EXPECT_EQ(service.Call(Method::kDelete, url).status, 204);
  const Answer gone = service.Get(url);
  EXPECT_EQ(gone.status, 410);
  EXPECT_EQ(gone.body["resourceType"].String(), "OperationOutcome");
  EXPECT_EQ(gone.body.At("issue.0.code").String(), "deleted");
  EXPECT_EQ(gone.body.At("issue.0.details.coding.0.code").String(), "gone");
  EXPECT_EQ(service.Get(url + "/_history/1").status, 200);
  EXPECT_EQ(service.Get(url + "/_history/2").status, 410);
  EXPECT_EQ(service.Get(url + "/_history/9").status, 404);
}

TEST(FhirCreate, ChoosesTheIdAndSaysWhere) {
  TestService service;
  base::Json patient = PatientNamed("Lê");
  patient.Set("id", "my-own");
  const Answer answer = service.Post("/fhir/Patient", patient);
  EXPECT_EQ(answer.status, 201);
  const std::string id = answer.body["id"].String();
  EXPECT_NE(id, "my-own");
  EXPECT_EQ(answer.headers.Get("Location"), "http://tram.test/fhir/Patient/" + id + "/_history/1");
}

TEST(FhirCreate, AnswersAsPreferred) {
  TestService service;
  const Answer minimal =
      service.Post("/fhir/Patient", PatientNamed("Lê"), With("Prefer", "return=minimal"));
  EXPECT_EQ(minimal.status, 201);
  EXPECT_EQ(minimal.text, "");
  EXPECT_EQ(minimal.headers.Get("ETag"), "W/\"1\"");
  const Answer outcome =
      service.Post("/fhir/Patient", PatientNamed("Lê"), With("Prefer", "return=OperationOutcome"));
  EXPECT_EQ(outcome.body["resourceType"].String(), "OperationOutcome");
}

TEST(FhirCreate, RefusesWhatIsNotThatResource) {
  TestService service;
  EXPECT_EQ(service.Post("/fhir/Encounter", PatientNamed("Lê")).status, 400);
  EXPECT_EQ(service.Call(Method::kPost, "/fhir/Patient", "{").status, 400);
  EXPECT_EQ(service.Call(Method::kPost, "/fhir/Patient", "").status, 400);
  EXPECT_EQ(
      service
          .Call(Method::kPost, "/fhir/Patient", R"({"resourceType":"Patient","id":"a","id":"b"})")
          .status,
      400);
  EXPECT_EQ(service
                .Call(Method::kPost, "/fhir/Patient", PatientNamed("Lê").Dump(),
                      With("Content-Type", "application/fhir+xml"))
                .status,
            400);
  EXPECT_EQ(service.Post("/fhir/Nonsense", PatientNamed("Lê")).status, 404);
}

TEST(FhirCreate, OnlyOnceUnderIfNoneExist) {
  TestService service;
  const http::Headers condition = With("If-None-Exist", "family=Hoàng");
  const Answer first = service.Post("/fhir/Patient", PatientNamed("Hoàng"), condition);
  EXPECT_EQ(first.status, 201);
  const Answer second = service.Post("/fhir/Patient", PatientNamed("Hoàng"), condition);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body["id"].String(), first.body["id"].String());
  service.AddPatient("Hoàng");
  const Answer third = service.Post("/fhir/Patient", PatientNamed("Hoàng"), condition);
  EXPECT_EQ(third.status, 412);
  EXPECT_EQ(third.body.At("issue.0.details.coding.0.code").String(), "precondition_failed");
}

TEST(FhirUpdate, MakesTheNextVersionOrCreates) {
  TestService service;
  base::Json patient = PatientNamed("Phạm");
  patient.Set("id", "p1");
  EXPECT_EQ(service.Put("/fhir/Patient/p1", patient).status, 201);
  const Answer second = service.Put("/fhir/Patient/p1", patient);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.headers.Get("ETag"), "W/\"2\"");
  EXPECT_EQ(service.Put("/fhir/Patient/p2", patient).status, 400);
  EXPECT_EQ(service.Put("/fhir/Patient/p_2", patient).status, 400);
}

TEST(FhirUpdate, HeedsIfMatch) {
  TestService service;
  base::Json patient = PatientNamed("Phạm");
  patient.Set("id", "p1");
  service.Put("/fhir/Patient/p1", patient);
  EXPECT_EQ(service.Put("/fhir/Patient/p1", patient, With("If-Match", "W/\"1\"")).status, 200);
  EXPECT_EQ(service.Put("/fhir/Patient/p1", patient, With("If-Match", "W/\"1\"")).status, 412);
  EXPECT_EQ(service.Put("/fhir/Patient/p1", patient, With("If-Match", "rubbish")).status, 400);
}

TEST(FhirUpdate, ByConditionUpdatesTheOneMatch) {
  TestService service;
  EXPECT_EQ(service.Put("/fhir/Patient?family=Vũ", PatientNamed("Vũ")).status, 201);
  const Answer second = service.Put("/fhir/Patient?family=Vũ", PatientNamed("Vũ"));
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body.At("meta.versionId").String(), "2");
  service.AddPatient("Vũ");
  EXPECT_EQ(service.Put("/fhir/Patient?family=Vũ", PatientNamed("Vũ")).status, 412);
}

TEST(FhirDelete, SucceedsForWhatIsNotThere) {
  TestService service;
  EXPECT_EQ(service.Call(Method::kDelete, "/fhir/Patient/none").status, 204);
  service.AddPatient("Vũ");
  EXPECT_EQ(service.Call(Method::kDelete, "/fhir/Patient?family=Vũ").status, 204);
  EXPECT_EQ(service.Get("/fhir/Patient?family=Vũ&_total=accurate").body["total"].Int(-1), 0);
  service.AddPatient("A");
  service.AddPatient("A");
  EXPECT_EQ(service.Call(Method::kDelete, "/fhir/Patient?family=A").status, 412);
}

TEST(FhirPatch, AppliesJsonPatch) {
  TestService service;
  const std::string url = "/fhir/Patient/" + service.AddPatient("Vũ");
  http::Headers headers = With("Content-Type", "application/json-patch+json");
  const Answer patched = service.Call(
      Method::kPatch, url, R"([{"op":"add","path":"/gender","value":"female"}])", headers);
  EXPECT_EQ(patched.status, 200);
  EXPECT_EQ(patched.body["gender"].String(), "female");
  EXPECT_EQ(
      service
          .Call(Method::kPatch, url, R"([{"op":"test","path":"/gender","value":"male"}])", headers)
          .status,
      422);
  EXPECT_EQ(
      service.Call(Method::kPatch, url, R"([{"op":"replace","path":"/id","value":"x"}])", headers)
          .status,
      422);
  EXPECT_EQ(
      service.Call(Method::kPatch, url, "[]", With("Content-Type", "application/json")).status,
      415);
  headers.Set("If-Match", "W/\"1\"");
  EXPECT_EQ(service.Call(Method::kPatch, url, "[]", headers).status, 412);
}

TEST(FhirHistory, ListsVersionsNewestFirst) {
  TestService service;
  base::Json patient = PatientNamed("Phạm");
  patient.Set("id", "p1");
  service.Put("/fhir/Patient/p1", patient);
  service.Put("/fhir/Patient/p1", patient);
  service.Call(Method::kDelete, "/fhir/Patient/p1");
  const Answer answer = service.Get("/fhir/Patient/p1/_history");
  ASSERT_EQ(answer.body["entry"].size(), 3U);
  EXPECT_EQ(answer.body["type"].String(), "history");
  EXPECT_EQ(answer.body.At("entry.0.request.method").String(), "DELETE");
  EXPECT_FALSE(answer.body["entry"][0].Has("resource"));
  EXPECT_EQ(answer.body.At("entry.1.resource.meta.versionId").String(), "2");
  EXPECT_EQ(service.Get("/fhir/Patient/_history").body["entry"].size(), 3U);
  EXPECT_EQ(service.Get("/fhir/_history").body["entry"].size(), 3U);
  EXPECT_EQ(service.Get("/fhir/Patient/p1/_history?_count=x").status, 400);
}

TEST(FhirHistory, IsPaged) {
  TestService service;
  base::Json patient = PatientNamed("Phạm");
  patient.Set("id", "p1");
  for (int i = 0; i < 5; ++i) service.Put("/fhir/Patient/p1", patient);
  std::string url = "/fhir/Patient/p1/_history?_count=2";
  std::vector<std::string> versions;
  while (!url.empty()) {
    const Answer answer = service.Get(url);
    for (const base::Json& entry : answer.body["entry"].Items()) {
      versions.push_back(entry.At("resource.meta.versionId").String());
    }
    url.clear();
    for (const base::Json& link : answer.body["link"].Items()) {
      if (link["relation"].String() == "next") url = link["url"].String().substr(16);
    }
  }
  EXPECT_EQ(versions, (std::vector<std::string>{"5", "4", "3", "2", "1"}));
}

TEST(FhirSearch, FindsAndPages) {
  TestService service;
  for (int i = 0; i < 5; ++i) service.AddPatient("Nguyễn");
  service.AddPatient("Trần");
  std::string url = "/fhir/Patient?family=nguyen&_count=2&_total=accurate";
  size_t found = 0;
  while (!url.empty()) {
    const Answer answer = service.Get(url);
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["total"].Int(), 5);
    found += answer.body["entry"].size();
    url.clear();
    for (const base::Json& link : answer.body["link"].Items()) {
      if (link["relation"].String() == "next") url = link["url"].String().substr(16);
    }
  }
  EXPECT_EQ(found, 5U);
}

TEST(FhirSearch, TakesAForm) {
  TestService service;
  const std::string id = service.AddPatient("Nguyễn");
  const Answer answer =
      service.Call(Method::kPost, "/fhir/Patient/_search", "family=Nguy%E1%BB%85n",
                   With("Content-Type", "application/x-www-form-urlencoded"));
  ASSERT_EQ(answer.body["entry"].size(), 1U) << answer.text;
  EXPECT_EQ(answer.body.At("entry.0.fullUrl").String(), "http://tram.test/fhir/Patient/" + id);
  EXPECT_EQ(answer.body.At("entry.0.search.mode").String(), "match");
}

TEST(FhirSearch, IncludesWhatIsReferredTo) {
  TestService service;
  const std::string id = service.AddPatient("Nguyễn");
  service.Post("/fhir/Encounter",
               base::Json::Obj({{"resourceType", "Encounter"},
                                {"status", "arrived"},
                                {"class", base::Json::Obj({{"code", "AMB"}})},
                                {"subject", base::Json::Obj({{"reference", "Patient/" + id}})}}));
  const Answer answer = service.Get("/fhir/Encounter?status=arrived&_include=Encounter:subject");
  ASSERT_EQ(answer.body["entry"].size(), 2U) << answer.text;
  EXPECT_EQ(answer.body.At("entry.1.search.mode").String(), "include");
  EXPECT_EQ(service.Get("/fhir/Patient?_revinclude=Encounter:subject").body["entry"].size(), 2U);
}

TEST(FhirSearch, TreatsUnknownParametersAsPreferred) {
  TestService service;
  service.AddPatient("Nguyễn");
  const Answer lenient = service.Get("/fhir/Patient?colour=blue");
  EXPECT_EQ(lenient.status, 200);
  EXPECT_EQ(lenient.body.At("entry.1.search.mode").String(), "outcome");
  const Answer strict = service.Call(Method::kGet, "/fhir/Patient?colour=blue", {},
                                     With("Prefer", "handling=strict"));
  EXPECT_EQ(strict.status, 400);
}

TEST(FhirSearch, CountsOnly) {
  TestService service;
  service.AddPatient("Nguyễn");
  const Answer answer = service.Get("/fhir/Patient?_summary=count");
  EXPECT_EQ(answer.body["total"].Int(), 1);
  EXPECT_EQ(answer.body["entry"].size(), 0U);
}

TEST(FhirView, CutsToTheSummaryAndToElements) {
  TestService service;
  base::Json patient = PatientNamed("Nguyễn");
  patient.Set("text", base::Json::Obj({{"status", "empty"}, {"div", "<div></div>"}}));
  patient.Set("maritalStatus", base::Json::Obj({{"text", "độc thân"}}));
  patient.Set("gender", "male");
  const std::string url =
      "/fhir/Patient/" + service.Post("/fhir/Patient", patient).body["id"].String();
  const base::Json summary = service.Get(url + "?_summary=true").body;
  EXPECT_TRUE(summary.Has("name"));
  EXPECT_FALSE(summary.Has("text"));
  EXPECT_FALSE(summary.Has("maritalStatus"));
  EXPECT_EQ(summary.At("meta.tag.0.code").String(), "SUBSETTED");
  const base::Json elements = service.Get(url + "?_elements=gender").body;
  EXPECT_TRUE(elements.Has("gender"));
  EXPECT_FALSE(elements.Has("name"));
  const base::Json text = service.Get(url + "?_summary=text").body;
  EXPECT_TRUE(text.Has("text"));
  EXPECT_FALSE(text.Has("gender"));
  EXPECT_FALSE(service.Get(url + "?_summary=data").body.Has("text"));
  EXPECT_EQ(service.Get(url + "?_summary=nonsense").status, 400);
  EXPECT_THAT(service.Get(url + "?_pretty=true").text, HasSubstr("\n  \"gender\": \"male\""));
}

TEST(FhirService, DescribesItself) {
  TestService service;
  service.who = {};
  const Answer answer = service.Get("/fhir/metadata");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body["fhirVersion"].String(), "4.0.1");
  EXPECT_GE(answer.body.At("rest.0.resource").size(), 145U);
  EXPECT_EQ(service.Get("/fhir/Patient/1").status, 401);
}

TEST(FhirService, DeclaresOnlyInteractionsItHas) {
  TestService service;
  const std::string id = service.AddPatient("Nguyễn");
  const Answer metadata = service.Get("/fhir/metadata");
  for (const base::Json& resource : metadata.body.At("rest.0.resource").Items()) {
    const std::string type = resource["type"].String();
    // A type that is declared is there; some are granted to nobody (AuditEvent has its own screen).
    EXPECT_THAT(service.Get("/fhir/" + type + "?_count=1").status, testing::AnyOf(200, 403))
        << type;
  }
}

TEST(FhirService, SpeaksOnlyJson) {
  TestService service;
  EXPECT_EQ(service.Get("/fhir/metadata?_format=xml").status, 406);
  EXPECT_EQ(service.Get("/fhir/metadata?_format=json").status, 200);
  EXPECT_EQ(service.Get("/fhir/metadata?_format=application/fhir+json").status, 200);
  EXPECT_EQ(service.Call(Method::kGet, "/fhir/metadata", {}, With("Accept", "application/fhir+xml"))
                .status,
            406);
}

TEST(FhirService, AnswersEveryRefusalWithAnOutcome) {
  TestService service;
  for (const auto& [method, target, status] : std::vector<std::tuple<Method, std::string, int>>{
           {Method::kGet, "/fhir/Nonsense", 404},
           {Method::kGet, "/fhir/Patient/1/2/3/4", 404},
           {Method::kDelete, "/fhir", 405},
           {Method::kPost, "/fhir/Patient/1", 405},
           {Method::kPut, "/fhir/Patient/1/_history/1", 405}}) {
    const Answer answer = service.Call(method, target);
    EXPECT_EQ(answer.status, status) << target;
    EXPECT_EQ(answer.body["resourceType"].String(), "OperationOutcome") << target;
    EXPECT_EQ(answer.headers.Has("Allow"), status == 405) << target;
  }
}

TEST(FhirService, ShowsOnlyWhatTheCallerMaySee) {
  TestService service;
  const std::string id = service.AddPatient("Nguyễn");
  service.who.roles = {access_control::Role::kCashier};
  service.who.station_id = "station-1";
  EXPECT_EQ(service.Put("/fhir/Patient/" + id, PatientNamed("Trần")).status, 403);
  EXPECT_EQ(service.Get("/fhir/_history").status, 403);
}

}  // namespace
}  // namespace fhir::rest
