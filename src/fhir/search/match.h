// Does a resource match a clause? Read literally from the document, without any index: the oracle
// of the stores' searches, and the check after an index scan for clauses no index answers exactly.
#pragma once

#include <functional>
#include <string_view>

#include "fhir/model/document.h"
#include "fhir/search/query.h"

namespace fhir::search {

// The current resources, for clauses that follow references. Bodies hold meta.lastUpdated.
class Corpus {
 public:
  virtual ~Corpus() = default;
  virtual model::DocumentPtr Find(model::ResourceType type, std::string_view id) const = 0;
  // Until `visit` returns false.
  virtual void Each(model::ResourceType type,
                    const std::function<bool(const model::Document&)>& visit) const = 0;
};

bool Matches(const model::Document& document, const Clause& clause, const Corpus& corpus);

// A clause that needs no corpus: neither kChain nor kHas anywhere in it.
bool IsLocal(const Clause& clause);
bool MatchesLocally(const model::Document& document, const Clause& clause);

}  // namespace fhir::search
