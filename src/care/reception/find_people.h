// Finding people already registered: by any number, or by name without marks and with swapped or
// missing parts; and judging whether a new form is somebody we know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/reception/patient_form.h"

namespace care::reception {

enum class Match { kExact, kLikely, kPossible };
std::string_view Name(Match match);

struct Candidate {
  access_control::Record patient;
  Match match = Match::kPossible;
  std::vector<std::string> because;  // Vietnamese, for the receptionist
};

// Everybody whose name holds all words of the text in any order, or whose number it is; at most 20.
base::Result<std::vector<Candidate>> FindByText(access_control::RecordScope& record,
                                                std::string_view text);

// Who the form may already be, the surest first: same number = exact; same name and birth date (or
// with day and month swapped, or a name part missing) = likely; same name only = possible.
base::Result<std::vector<Candidate>> FindLike(access_control::RecordScope& record,
                                              const PatientForm& form);

// How alike two names are once marks, case and order are put aside.
enum class NameLikeness { kSame, kPartMissing, kDifferent };
NameLikeness CompareNames(std::string_view a, std::string_view b);
// Equal, one of them partial and agreeing, or day and month swapped.
bool BirthDatesAgree(std::string_view a, std::string_view b);

}  // namespace care::reception
