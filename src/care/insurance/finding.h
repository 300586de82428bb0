// What the checker has to say about a dossier: one sentence of what is wrong, one of what to do.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace care::insurance {

// An error is refused by the portal or costs the station money; a warning asks for a look.
enum class Severity { kError, kWarning };

std::string_view Name(Severity severity);  // "error", "warning"

struct Finding {
  std::string rule;  // "money.drug_amount": stable, see rule_list.cc
  Severity severity = Severity::kError;
  int dossier = 1;      // position in the file, from 1
  std::string table;    // "XML2"; "" for the file itself
  int row = 0;          // from 1; 0 = the table as a whole
  std::string field;    // "THANH_TIEN_BV" or ""
  std::string message;  // Vietnamese, no patient data
  std::string remedy;   // Vietnamese
};

struct Rule {
  std::string_view id;
  Severity severity = Severity::kError;
  std::string_view message;
  std::string_view remedy;
};

// Every rule the checker knows, ordered by id.
std::span<const Rule> AllRules();
// Null when there is no such rule.
const Rule* FindRule(std::string_view id);

}  // namespace care::insurance
