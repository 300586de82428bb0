// Turns the entries of a Bundle into one transaction of the store. Shared by POST / and by
// `tram import`. https://hl7.org/fhir/R4/http.html#transaction
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/guarded_store.h"
#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/rest/references.h"
#include "fhir/store/store.h"

namespace fhir::rest {

// Views into the Bundle's document, which must outlive them.
struct BundleEntry {
  std::string_view full_url;
  model::Node resource;
  std::string_view method;
  std::string_view url;
  std::string_view if_match;
  std::string_view if_none_match;
  std::string_view if_none_exist;
};

// kTooLarge over max_entries; kInvalid names the entry at fault.
base::Result<std::vector<BundleEntry>> ParseEntries(model::Node bundle, size_t max_entries);

// Finds what "Practitioner?identifier=…" refers to, and remembers it. Safe from several threads.
class ConditionalReferences {
 public:
  explicit ConditionalReferences(access_control::GuardedStore& store) : store_(store) {}
  // "Practitioner/0190…"; a precondition failure unless exactly one matches.
  base::Result<std::string> Resolve(const std::string& reference);
  bool Knows(const std::string& reference);

 private:
  access_control::GuardedStore& store_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> known_;
};

// Whether POST gives a new id, as over HTTP, or keeps the resource's own, as when importing.
enum class Ids { kAssign, kKeep };

struct PlannedEntry {
  enum class Kind { kWrite, kExisting, kNothing, kRead };
  Kind kind = Kind::kNothing;
  store::Key key = {};
  store::Version existing_version = 0;  // kExisting: what If-None-Exist found
  base::Instant existing_at = {};
  size_t write = 0;  // kWrite: its place in the transaction
};

struct Plan {
  store::Transaction transaction;
  std::vector<PlannedEntry> entries;  // one for each entry of the Bundle, in its order
  bool has_conditional_create = false;
};

// Writes come in the order the specification demands: DELETE, POST, PUT. GET entries are left to
// the caller, after the commit.
base::Result<Plan> PlanTransaction(const std::vector<BundleEntry>& entries,
                                   access_control::GuardedStore& store,
                                   ConditionalReferences& conditional, Ids ids);

}  // namespace fhir::rest
