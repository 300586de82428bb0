// Dossiers without a fault, for tests that break them: an examination at a station, the same
// without insurance, and a referred inpatient with every paper.
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "care/insurance/claim_catalogue.h"
#include "exchange/insurance/claim_xml.h"
#include "exchange/insurance/dossier.h"

namespace care::insurance::testing {

exchange::insurance::Dossier StationVisit();
exchange::insurance::Dossier UninsuredVisit();
exchange::insurance::Dossier ReferredInpatient();
exchange::insurance::ClaimFile FileOf(exchange::insurance::Dossier dossier);

// The row, from 1, of a table that is there.
exchange::insurance::Row& RowOf(exchange::insurance::Dossier& dossier, std::string_view table,
                                int row);
// Amounts and shares of an XML2 or XML3 row from its quantity, prices and ratios.
void PriceLine(exchange::insurance::Row& row);
// Shares from the amounts that stand there.
void ShareLine(exchange::insurance::Row& row);
// The totals of XML1 from the lines.
void AddUp(exchange::insurance::Dossier& dossier);
void Increase(exchange::insurance::Row& row, std::string_view field, int64_t by);
base::Decimal Number(const exchange::insurance::Row& row, std::string_view field);

// Knows everything but the codes that begin with "9" or "K59", and the flags of a few diagnoses.
class SmallCatalogue final : public ClaimCatalogue {
 public:
  Listed Contains(CodeList list, std::string_view code, base::Date on) const override;
  DiagnosisFlags Diagnosis(std::string_view code, base::Date on) const override;
  std::optional<ApprovedDrug> Drug(std::string_view code, std::string_view registration,
                                   base::Date on) const override;
  std::optional<base::Decimal> ServicePrice(std::string_view code, base::Date on) const override;
  std::optional<base::Decimal> BaseSalary(base::Date on) const override;
};

}  // namespace care::insurance::testing
