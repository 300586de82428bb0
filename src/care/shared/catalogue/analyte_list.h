// AnalyteList: what each laboratory service measures, with reference, critical and plausible limits
// by sex and age.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/decimal.h"
#include "care/shared/catalogue/table.h"
#include "care/shared/catalogue/validity.h"

namespace care::shared {

enum class ResultKind { kQuantity, kCoded, kText };
std::string_view Name(ResultKind kind);  // "quantity", "coded", "text"

// "28d", "6m", "18y": whole days, months or years since birth.
struct AgeLimit {
  int count = 0;
  char unit = 'd';
  // Whether a person born then has reached this age on the day.
  bool IsReached(base::Date birth, base::Date on) const;
};
std::optional<AgeLimit> ParseAgeLimit(std::string_view text);

struct ReferenceRange {
  std::string sex;  // FHIR code "male" or "female"; "" = any
  AgeLimit from;
  std::optional<AgeLimit> to;  // not included
  std::optional<base::Decimal> low;
  std::optional<base::Decimal> high;
  std::optional<base::Decimal> critical_low;
  std::optional<base::Decimal> critical_high;
  Validity validity;
};

struct ResultOption {
  std::string code;
  std::string text;
  bool abnormal = false;
};

struct Analyte {
  std::string service_code;
  std::string code;
  std::string loinc;
  std::string name;
  std::string name_en;
  std::string unit;
  ResultKind kind = ResultKind::kQuantity;
  int decimals = 0;
  // Outside these a quantity is refused as a slip of the hand.
  std::optional<base::Decimal> plausible_low;
  std::optional<base::Decimal> plausible_high;
  std::vector<ResultOption> options;  // of a coded result
  std::vector<ReferenceRange> ranges;
  Validity validity;  // the span of its rows

  // `sex` as FHIR codes; for a sex other than male and female only ranges of any sex fit. Null when
  // none does or the birth date is unknown and ages matter.
  const ReferenceRange* RangeFor(std::string_view sex, std::optional<base::Date> birth,
                                 base::Date on) const;
  // The option of that code or text, null when it is none of them.
  const ResultOption* Option(std::string_view code_or_text) const;
};

class AnalyteList {
 public:
  AnalyteList() = default;
  explicit AnalyteList(const Table& table);

  // In the order in which they are reported.
  std::vector<const Analyte*> OfService(std::string_view service_code, base::Date at) const;
  const Analyte* Find(std::string_view service_code, std::string_view code, base::Date at) const;
  const std::vector<Analyte>& rows() const { return analytes_; }

 private:
  std::vector<Analyte> analytes_;
  std::unordered_map<std::string, std::vector<size_t>> by_service_;
};

}  // namespace care::shared
