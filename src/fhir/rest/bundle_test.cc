#include <gtest/gtest.h>

#include "fhir/rest/testing.h"

namespace fhir::rest {
namespace {

using base::Json;

Json Entry(const char* method, std::string_view url, Json resource = {},
           std::string full_url = {}) {
  Json entry = Json::Obj({{"request", Json::Obj({{"method", method}, {"url", url}})}});
  if (!resource.IsNull()) entry.Set("resource", std::move(resource));
  entry.SetIf("fullUrl", full_url);
  return entry;
}

Json Bundle(const char* type, Json::Array entries) {
  return Json::Obj(
      {{"resourceType", "Bundle"}, {"type", type}, {"entry", Json(std::move(entries))}});
}

Json Encounter(std::string_view subject) {
  return Json::Obj({{"resourceType", "Encounter"},
                    {"status", "arrived"},
                    {"class", Json::Obj({{"code", "AMB"}})},
                    {"subject", Json::Obj({{"reference", subject}})}});
}

TEST(FhirTransaction, RewritesReferencesBetweenItsEntries) {
  TestService service;
  Json encounter = Encounter("urn:uuid:aaa");
  // Looks like a reference, and is none.
  encounter.Set(
      "identifier",
      Json::Arr({Json::Obj({{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:aaa"}})}));
  const Answer answer = service.Post(
      "/fhir",
      Bundle("transaction", {Entry("POST", "Encounter", encounter, "urn:uuid:bbb"),
                             Entry("POST", "Patient", PatientNamed("Lê"), "urn:uuid:aaa")}));
  ASSERT_EQ(answer.status, 200) << answer.text;
  EXPECT_EQ(answer.body["type"].String(), "transaction-response");
  EXPECT_EQ(answer.body.At("entry.0.response.status").String(), "201 Created");
  EXPECT_EQ(answer.body.At("entry.0.response.etag").String(), "W/\"1\"");
  const Json stored = service.Get("/fhir/Encounter").body.At("entry.0.resource");
  const Json patient = service.Get("/fhir/Patient").body.At("entry.0.resource");
  EXPECT_EQ(stored.At("subject.reference").String(), "Patient/" + patient["id"].String());
  EXPECT_EQ(stored.At("identifier.0.value").String(), "urn:uuid:aaa");
}

TEST(FhirTransaction, IsAllOrNothing) {
  TestService service;
  const Answer answer = service.Post(
      "/fhir", Bundle("transaction", {Entry("POST", "Patient", PatientNamed("Lê")),
                                      Entry("POST", "Encounter", PatientNamed("Sai"))}));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body.At("issue.0.expression.0").String(), "Bundle.entry[1].resource");
  EXPECT_EQ(service.Get("/fhir/Patient?_summary=count").body["total"].Int(-1), 0);
}

TEST(FhirTransaction, DeletesBeforeItCreatesAndReadsLast) {
  TestService service;
  const std::string old = service.AddPatient("Cũ");
  const Answer answer = service.Post(
      "/fhir",
      Bundle("transaction",
             {Entry("GET", "Patient?_summary=count"), Entry("POST", "Patient", PatientNamed("Mới")),
              Entry("DELETE", "Patient/" + old), Entry("DELETE", "Patient/never-there")}));
  ASSERT_EQ(answer.status, 200) << answer.text;
  EXPECT_EQ(answer.body.At("entry.0.resource.total").Int(-1), 1);
  EXPECT_EQ(answer.body.At("entry.2.response.status").String(), "204 No Content");
  EXPECT_EQ(answer.body.At("entry.3.response.status").String(), "204 No Content");
  EXPECT_EQ(service.Get("/fhir/Patient/" + old).status, 410);
}

TEST(FhirTransaction, ResolvesConditionalReferences) {
  TestService service;
  const std::string id = service.AddPatient("Độc");
  const auto post = [&](std::string_view reference) {
    return service.Post("/fhir",
                        Bundle("transaction", {Entry("POST", "Encounter", Encounter(reference))}));
  };
  EXPECT_EQ(post("Patient?family=Độc").status, 200);
  EXPECT_EQ(service.Get("/fhir/Encounter").body.At("entry.0.resource.subject.reference").String(),
            "Patient/" + id);
  EXPECT_EQ(post("Patient?family=Nobody").status, 412);
  service.AddPatient("Độc");
  EXPECT_EQ(post("Patient?family=Độc").status, 412);
}

TEST(FhirTransaction, CreatesOnlyWhatDoesNotExist) {
  TestService service;
  const std::string id = service.AddPatient("Độc");
  Json entry = Entry("POST", "Patient", PatientNamed("Độc"), "urn:uuid:p");
  entry.Slot("request").Set("ifNoneExist", "family=Độc");
  const Answer answer = service.Post(
      "/fhir", Bundle("transaction", {entry, Entry("POST", "Encounter", Encounter("urn:uuid:p"))}));
  ASSERT_EQ(answer.status, 200) << answer.text;
  EXPECT_EQ(answer.body.At("entry.0.response.status").String(), "200 OK");
  EXPECT_EQ(service.Get("/fhir/Encounter").body.At("entry.0.resource.subject.reference").String(),
            "Patient/" + id);
}

TEST(FhirTransaction, RefusesTheSameResourceTwice) {
  TestService service;
  Json patient = PatientNamed("Hai");
  patient.Set("id", "p");
  EXPECT_EQ(service
                .Post("/fhir", Bundle("transaction", {Entry("PUT", "Patient/p", patient),
                                                      Entry("PUT", "Patient/p", patient)}))
                .status,
            400);
}

TEST(FhirTransaction, HeedsIfMatchOfAnEntry) {
  TestService service;
  Json patient = PatientNamed("Hai");
  patient.Set("id", "p");
  service.Put("/fhir/Patient/p", patient);
  Json entry = Entry("PUT", "Patient/p", patient);
  entry.Slot("request").Set("ifMatch", "W/\"7\"");
  EXPECT_EQ(service.Post("/fhir", Bundle("transaction", {entry})).status, 409);
  entry.Slot("request").Set("ifMatch", "W/\"1\"");
  EXPECT_EQ(service.Post("/fhir", Bundle("transaction", {entry})).status, 200);
}

TEST(FhirTransaction, RefusesTooManyEntries) {
  TestService service;
  Json::Array entries;
  for (int i = 0; i < 501; ++i) entries.push_back(Entry("GET", "Patient"));
  EXPECT_EQ(service.Post("/fhir", Bundle("transaction", entries)).status, 413);
}

TEST(FhirBatch, RunsEachEntryByItself) {
  TestService service;
  const Answer answer = service.Post(
      "/fhir", Bundle("batch", {Entry("POST", "Patient", PatientNamed("Lê")),
                                Entry("POST", "Encounter", PatientNamed("Sai")),
                                Entry("GET", "Patient/none"),
                                Entry("GET", "Patient?_summary=count"), Entry("BREW", "Tea")}));
  ASSERT_EQ(answer.status, 200) << answer.text;
  EXPECT_EQ(answer.body.At("entry.0.response.status").String(), "201 Created");
  EXPECT_EQ(answer.body.At("entry.1.response.status").String(), "400 Bad Request");
  EXPECT_EQ(answer.body.At("entry.1.response.outcome.resourceType").String(), "OperationOutcome");
  EXPECT_EQ(answer.body.At("entry.2.response.status").String(), "404 Not Found");
  EXPECT_EQ(answer.body.At("entry.3.resource.total").Int(-1), 1);
  EXPECT_EQ(answer.body.At("entry.4.response.status").String(), "400 Bad Request");
}

TEST(FhirBundle, RefusesOtherTypes) {
  TestService service;
  EXPECT_EQ(service.Post("/fhir", Bundle("collection", {})).status, 400);
  EXPECT_EQ(service.Post("/fhir", PatientNamed("Lê")).status, 400);
}

}  // namespace
}  // namespace fhir::rest
