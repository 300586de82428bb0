// The steps of the checker, one file each, and the report they write to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "care/insurance/claim_catalogue.h"
#include "care/insurance/finding.h"
#include "exchange/insurance/dossier.h"

namespace care::insurance {

using exchange::insurance::Dossier;
using exchange::insurance::Row;

class Report {
 public:
  // `detail` is appended to the rule's message in parentheses.
  void Add(std::string_view rule, std::string_view table, int row, std::string_view field,
           std::string_view detail = {});
  std::vector<Finding>& findings() { return findings_; }

 private:
  std::vector<Finding> findings_;
};

// What every step needs of XML1, read once.
struct Visit {
  const Row* summary = nullptr;
  std::string type;         // MA_LOAI_KCB
  std::string eligibility;  // MA_DOITUONG_KCB
  std::string arrival;      // NGAY_VAO, "" unless a moment
  std::string end;          // NGAY_RA, "" unless a moment
  base::Date ended_on;      // day of the end; of the arrival when there is no end
  bool insured = true;
};

Visit ReadVisit(const Row& summary);

// The claims wire forms (vietnam.md §3.2).
enum class UnknownParts { kRefused, kAllowed };
bool IsDate(std::string_view text, UnknownParts unknown = UnknownParts::kRefused);
bool IsMoment(std::string_view text, UnknownParts unknown = UnknownParts::kRefused);
// Of a valid moment or date.
base::Date DateOf(std::string_view text);
int64_t MinutesOf(std::string_view moment);
// None when empty or no number.
std::optional<base::Decimal> NumberOf(const Row& row, std::string_view field);
bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> set);
// "A;B" split, parts trimmed; nothing for "".
std::vector<std::string_view> ListOf(std::string_view text);

void CheckFields(const Dossier& dossier, const Visit& visit, Report& report);
void CheckLinks(const Dossier& dossier, const Visit& visit, Report& report);
void CheckSummary(const Visit& visit, Report& report);
void CheckTimes(const Dossier& dossier, const Visit& visit, Report& report);
void CheckDiagnoses(const Visit& visit, const ClaimCatalogue* catalogue, Report& report);
void CheckLines(const Dossier& dossier, const Visit& visit, Report& report);
void CheckPapers(const Dossier& dossier, const Visit& visit, Report& report);
void CheckMoney(const Dossier& dossier, const Visit& visit, Report& report);
void CheckBenefit(const Dossier& dossier, const Visit& visit, const ClaimCatalogue* catalogue,
                  Report& report);
void CheckCatalogues(const Dossier& dossier, const Visit& visit, const ClaimCatalogue& catalogue,
                     Report& report);

}  // namespace care::insurance
