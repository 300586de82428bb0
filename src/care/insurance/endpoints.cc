#include "care/insurance/endpoints.h"

#include "base/text.h"
#include "care/insurance/build_dossier.h"
#include "care/insurance/claims_list.h"

namespace care::insurance {

using access_control::Purpose;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> List(const ApiRequest& request, Context& context) {
  base::Date day = context.clock.Today();
  const auto date = request.query.find("date");
  if (date != request.query.end() && !date->second.empty()) {
    TRY_ASSIGN(day, base::Date::ParseIso(date->second));
  }
  const auto state = request.query.find("state");
  return ListClaims(state == request.query.end() ? "" : state->second, day, context);
}

Result<Json> Show(const ApiRequest& request, Context& context) {
  const std::string& visit = request.path.at("visitId");
  TRY_ASSIGN(const BuiltDossier built, ReadDossier(visit, context));
  return ClaimJson(visit, built, context);
}

Result<Json> Rebuild(const ApiRequest& request, Context& context) {
  const std::string& visit = request.path.at("visitId");
  TRY_ASSIGN(const BuiltDossier built, BuildDossier(visit, context));
  return ClaimJson(visit, built, context);
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kGet, "/api/claims", "insurance.claims", Purpose::kPayment,
       "The dossiers of a day with their findings", List},
      {Method::kGet, "/api/claims/{visitId}", "insurance.claims", Purpose::kPayment,
       "One dossier with findings and content", Show},
      {Method::kPost, "/api/claims/{visitId}/rebuild", "insurance.rebuild", Purpose::kPayment,
       "Build the dossier again", Rebuild},
  };
}

}  // namespace care::insurance
