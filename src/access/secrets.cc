#include "access/secrets.h"

#include "fhir/model/document.h"
#include "fhir/search/query.h"

namespace access_control {
namespace {

using base::Json;
using fhir::model::ResourceType;
using fhir::store::Key;
using fhir::store::Stored;
using fhir::store::Write;

constexpr std::string_view kFieldsUrl = "https://tram.health/fhir/StructureDefinition/secret";
constexpr size_t kPageRows = 500;

base::Result<Secret> FromStored(const Stored& stored) {
  TRY_ASSIGN(const Json body, Json::Parse(stored.body));
  TRY_ASSIGN(Json fields, Json::Parse(body["extension"][0]["valueString"].String()));
  return Secret{.key = stored.key, .fields = std::move(fields), .version = stored.version};
}

}  // namespace

Key SecretKey(std::string_view kind, std::string_view id) {
  return {.type = ResourceType::kVerificationResult, .id = std::string(kind) + std::string(id)};
}

base::Result<std::optional<Secret>> ReadSecret(fhir::store::Store& store, const Key& key) {
  TRY_ASSIGN(auto read, store.BeginRead());
  auto stored = read->Read(key);
  if (!stored.ok()) {
    const auto code = stored.error().code;
    if (code == base::ErrorCode::kNotFound || code == base::ErrorCode::kGone) {
      return std::optional<Secret>();
    }
    return std::move(stored).error();
  }
  TRY_ASSIGN(Secret secret, FromStored(*stored));
  return std::optional<Secret>(std::move(secret));
}

base::Result<std::vector<Secret>> ListSecrets(fhir::store::Store& store, std::string_view kind) {
  TRY_ASSIGN(auto read, store.BeginRead());
  fhir::search::Query query;
  query.types = {ResourceType::kVerificationResult};
  query.count = kPageRows;
  std::vector<Secret> secrets;
  do {
    TRY_ASSIGN(auto page, read->Search(query));
    for (const Stored& stored : page.matches) {
      if (!stored.key.id.starts_with(kind)) continue;
      TRY_ASSIGN(Secret secret, FromStored(stored));
      secrets.push_back(std::move(secret));
    }
    query.page = std::move(page.next_page);
  } while (!query.page.empty());
  return secrets;
}

base::Result<Write> WriteOf(const Secret& secret) {
  Json body = Json::Obj({{"resourceType", Name(secret.key.type)}, {"id", secret.key.id}});
  body.Set("extension",
           Json::Arr({Json::Obj({{"url", kFieldsUrl}, {"valueString", secret.fields.Dump()}})}));
  body.Set("status", "validated");
  TRY_ASSIGN(auto document, fhir::model::Document::FromJson(body));
  return Write{.action = Write::Action::kPut,
               .key = secret.key,
               .document = std::move(document),
               .expected = secret.version};
}

Write DeletionOf(const Secret& secret) {
  return {.action = Write::Action::kDelete, .key = secret.key, .expected = secret.version};
}

}  // namespace access_control
