#include "storage/sqlite/body_codec.h"

#include <string>

#include <gtest/gtest.h>

namespace storage::sqlite {
namespace {

fhir::model::DocumentPtr Parse(const std::string& json) {
  auto document = fhir::model::Document::ParseResource(json);
  CHECK(document.ok());
  return std::move(*document);
}

constexpr base::Instant kAt{1'795'219'500'000};
constexpr char kMeta[] = R"("meta":{"versionId":"3","lastUpdated":"2026-11-21T00:05:00.000Z")";

TEST(BodyCodec, SplicesTheVersionIntoABodyWithoutMeta) {
  const BodyCodec codec;
  const std::string stored =
      codec.Encode(*Parse(R"({"resourceType":"Patient","id":"duc","birthDate":"1990-05-01"})"));
  EXPECT_EQ(*codec.Decode(stored, 3, kAt), std::string(R"({"resourceType":"Patient","id":"duc",)") +
                                               kMeta + R"(},"birthDate":"1990-05-01"})");
  EXPECT_EQ(*codec.DecodePlain(stored),
            R"({"resourceType":"Patient","id":"duc","meta":{},"birthDate":"1990-05-01"})");
}

TEST(BodyCodec, ReplacesWhatAClientSaidOfTheVersionAndKeepsTheRest) {
  const BodyCodec codec;
  const std::string stored = codec.Encode(*Parse(
      R"({"resourceType":"Basic","meta":{"versionId":"9","tag":[{"code":"a"}],"lastUpdated":"1999-01-01T00:00:00Z"},"id":"x","n":1.50})"));
  EXPECT_EQ(*codec.Decode(stored, 3, kAt), std::string(R"({"resourceType":"Basic",)") + kMeta +
                                               R"(,"tag":[{"code":"a"}]},"id":"x","n":1.50})");
}

TEST(BodyCodec, MakesAnAuditEventMuchSmaller) {
  const BodyCodec codec;
  const std::string event =
      R"({"resourceType":"AuditEvent","id":"0193aaaa-0000-7000-8000-000000000001","type":{"system":"http://terminology.hl7.org/CodeSystem/audit-event-type","code":"rest"},"subtype":[{"system":"http://hl7.org/fhir/restful-interaction","code":"read"}],"action":"R","recorded":"2026-11-21T00:05:00.000Z","outcome":"0","purposeOfEvent":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]}],"agent":[{"who":{"reference":"Practitioner/0193aaaa-0000-7000-8000-000000000002"},"altId":"bacsi","role":[{"coding":[{"system":"https://tram.health/fhir/CodeSystem/role","code":"doctor"}]}],"requestor":true}],"source":{"observer":{"reference":"Organization/tram"}}})";
  const std::string compressed = codec.Compress(event);
  EXPECT_LT(compressed.size() * 4, event.size());
  EXPECT_EQ(*codec.Decompress(compressed), event);
}

TEST(BodyCodec, RefusesDamagedBytes) {
  const BodyCodec codec;
  const std::string stored = codec.Encode(*Parse(R"({"resourceType":"Patient","id":"duc"})"));
  EXPECT_FALSE(codec.Decode("", 1, kAt).ok());
  EXPECT_FALSE(codec.Decode("\xff\xff\xff", 1, kAt).ok());
  EXPECT_FALSE(codec.Decode(stored.substr(0, stored.size() / 2), 1, kAt).ok());
  std::string far = stored;
  far[0] = '\x7f';  // splice beyond the end
  EXPECT_FALSE(codec.Decode(far, 1, kAt).ok());
}

}  // namespace
}  // namespace storage::sqlite
