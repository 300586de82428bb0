#include "care/reception/find_people.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::reception {

using access_control::Record;
using access_control::RecordScope;
namespace sid = shared::sid;

namespace {

constexpr size_t kMostCandidates = 20;

// A word as a search value: the characters that mean something in a FHIR search are escaped.
std::string SearchValue(std::string_view word) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::multiset<std::string> Words(std::string_view name) {
  const std::string folded = base::Fold(name);
  std::multiset<std::string> words;
  for (std::string_view word : base::Split(folded, ' ')) {
    if (!word.empty()) words.emplace(word);
  }
  return words;
}

std::string NameQuery(std::string_view name) {
  std::string query = "Patient?_count=50";
  for (const std::string& word : Words(name)) query += "&name=" + SearchValue(word);
  return query;
}

class Candidates {
 public:
  void Add(const Record& patient, Match match, std::string because) {
    if (patient.body.At("active").IsBool() && !patient.body.At("active").Bool()) return;
    for (Candidate& known : found_) {
      if (known.patient.id() != patient.id()) continue;
      known.match = std::min(known.match, match);
      if (std::find(known.because.begin(), known.because.end(), because) == known.because.end()) {
        known.because.push_back(std::move(because));
      }
      return;
    }
    found_.push_back({patient, match, {std::move(because)}});
  }

  std::vector<Candidate> Take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.match < b.match; });
    if (found_.size() > kMostCandidates) found_.resize(kMostCandidates);
    return std::move(found_);
  }

 private:
  std::vector<Candidate> found_;
};

base::Status AddByIdentifier(RecordScope& record, std::string_view system, std::string_view value,
                             std::string_view because, Candidates& candidates) {
  if (value.empty()) return base::Ok();
  TRY_ASSIGN(const auto people, record.SearchAll("Patient?identifier=" + SearchValue(system) + "%7C" +
                                                     SearchValue(value),
                                                 20));
  for (const Record& patient : people) candidates.Add(patient, Match::kExact, std::string(because));
  return base::Ok();
}

}  // namespace

std::string_view Name(Match match) {
  switch (match) {
    case Match::kExact: return "exact";
    case Match::kLikely: return "likely";
    case Match::kPossible: return "possible";
  }
  return "possible";
}

NameLikeness CompareNames(std::string_view a, std::string_view b) {
  const auto left = Words(a);
  const auto right = Words(b);
  if (left == right) return NameLikeness::kSame;
  const auto& shorter = left.size() < right.size() ? left : right;
  const auto& longer = left.size() < right.size() ? right : left;
  // A middle name left out is common; with fewer than two words in common it says nothing.
  if (shorter.size() >= 2 && longer.size() > shorter.size() &&
      std::includes(longer.begin(), longer.end(), shorter.begin(), shorter.end())) {
    return NameLikeness::kPartMissing;
  }
  return NameLikeness::kDifferent;
}

bool BirthDatesAgree(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  const size_t shared_length = std::min(a.size(), b.size());
  if (a.substr(0, shared_length) == b.substr(0, shared_length)) return true;
  return a.size() == 10 && b.size() == 10 && a.substr(0, 4) == b.substr(0, 4) &&
         a.substr(5, 2) == b.substr(8, 2) && a.substr(8, 2) == b.substr(5, 2);
}

base::Result<std::vector<Candidate>> FindByText(RecordScope& record, std::string_view text) {
  Candidates candidates;
  const std::string number = base::ToAsciiUpper(base::Trim(text));
  const bool has_digit = number.find_first_of("0123456789") != std::string::npos;
  if (has_digit && number.find(' ') == std::string::npos) {
    TRY_ASSIGN(const auto people,
               record.SearchAll("Patient?identifier=" + SearchValue(number), 20));
    for (const Record& patient : people) candidates.Add(patient, Match::kExact, "Trùng số giấy tờ");
    if (base::IsDigits(number) && number.size() >= 9) {
      TRY_ASSIGN(const auto by_phone,
                 record.SearchAll("Patient?phone=" + SearchValue(number), 20));
      for (const Record& patient : by_phone) {
        candidates.Add(patient, Match::kLikely, "Trùng số điện thoại");
      }
    }
    return candidates.Take();
  }
  // A trailing year narrows the list: "nguyen van an 1990".
  std::string name;
  std::string year;
  for (std::string_view word : base::Split(base::Trim(text), ' ')) {
    if (word.size() == 4 && base::IsDigits(word)) {
      year = word;
    } else {
      name += (name.empty() ? "" : " ") + std::string(word);
    }
  }
  if (Words(name).empty()) return candidates.Take();
  std::string query = NameQuery(name);
  if (!year.empty()) query += "&birthdate=" + year;
  TRY_ASSIGN(const auto page, record.Search(query));
  for (const Record& patient : page.matches) {
    const bool same = CompareNames(name, shared::NameOf(patient.body)) == NameLikeness::kSame;
    candidates.Add(patient, same ? Match::kLikely : Match::kPossible,
                   same ? "Trùng họ tên" : "Tên có các chữ đã gõ");
  }
  return candidates.Take();
}

base::Result<std::vector<Candidate>> FindLike(RecordScope& record, const PatientForm& form) {
  Candidates candidates;
  TRY(AddByIdentifier(record, sid::kPersonalNumber, form.personal_number, "Trùng số định danh",
                      candidates));
  TRY(AddByIdentifier(record, sid::kPassport, form.passport, "Trùng số hộ chiếu", candidates));
  if (form.insurance) {
    TRY(AddByIdentifier(record, sid::kInsuranceCard, form.insurance->number, "Trùng số thẻ BHYT",
                        candidates));
  }
  if (form.identity_kind == IdentityKind::kUnknown) return candidates.Take();

  const auto consider = [&](const Record& patient) {
    const NameLikeness name = CompareNames(form.name, shared::NameOf(patient.body));
    const bool birth = BirthDatesAgree(form.birth_date, patient["birthDate"].String());
    // Two different personal numbers are two people, whatever else agrees.
    const std::string number = shared::IdentifierValue(patient.body, sid::kPersonalNumber);
    if (!number.empty() && !form.personal_number.empty() && number != form.personal_number) return;
    if (name == NameLikeness::kSame && birth) {
      candidates.Add(patient, Match::kLikely, "Trùng họ tên và ngày sinh");
    } else if (name == NameLikeness::kPartMissing && birth) {
      candidates.Add(patient, Match::kLikely, "Tên gần giống, trùng ngày sinh");
    } else if (name == NameLikeness::kSame) {
      candidates.Add(patient, Match::kPossible, "Trùng họ tên, khác ngày sinh");
    }
  };
  TRY_ASSIGN(const auto by_name, record.Search(NameQuery(form.name)));
  for (const Record& patient : by_name.matches) consider(patient);
  // The stored name may have more or fewer parts: look among those born on the same day as well.
  if (form.birth_date.size() == 10) {
    const std::string swapped = form.birth_date.substr(0, 5) + form.birth_date.substr(8, 2) + "-" +
                                form.birth_date.substr(5, 2);
    std::string dates = form.birth_date;
    if (base::Date::ParseIso(swapped).ok() && swapped != form.birth_date) dates += "," + swapped;
    TRY_ASSIGN(const auto by_birth, record.Search("Patient?birthdate=" + dates + "&_count=200"));
    for (const Record& patient : by_birth.matches) consider(patient);
  }
  return candidates.Take();
}

}  // namespace care::reception
