// Writes a Bundle as text, so that bodies go out as they are stored.
// https://hl7.org/fhir/R4/bundle.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/random.h"
#include "base/time.h"

namespace fhir::rest {

class BundleWriter {
 public:
  // `type` as in FHIR: "searchset", "history", "transaction-response" …
  BundleWriter(std::string_view type, base::Instant now, base::Random& random);

  void SetTotal(int64_t total);
  void AddLink(std::string_view relation, std::string_view url);
  // Links and total come before the first entry. Empty texts are left out; `more` holds further
  // members of the entry ("search", "request", "response").
  void AddEntry(std::string_view full_url, std::string_view resource, const base::Json& more);
  std::string Finish();

 private:
  std::string out_;
  std::string links_;
  bool has_entries_ = false;
};

}  // namespace fhir::rest
