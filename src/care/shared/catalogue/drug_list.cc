#include "care/shared/catalogue/drug_list.h"

#include "base/check.h"
#include "care/shared/catalogue/row_reader.h"

namespace care::shared {
namespace {

PrescriptionKind KindOf(std::string_view letter) {
  if (letter == "N" || letter == "n") return PrescriptionKind::kNarcotic;
  if (letter == "H" || letter == "h") return PrescriptionKind::kPsychotropic;
  if (letter == "T" || letter == "t") return PrescriptionKind::kTraditional;
  return PrescriptionKind::kOrdinary;
}

// TT 26/2025/TT-BYT: at most 30 days' supply, 7 for narcotics, 10 for psychotropics in acute
// illness.
int UsualMaxDays(PrescriptionKind kind) {
  switch (kind) {
    case PrescriptionKind::kNarcotic: return 7;
    case PrescriptionKind::kPsychotropic: return 10;
    case PrescriptionKind::kOrdinary:
    case PrescriptionKind::kTraditional: return 30;
  }
  return 30;
}

}  // namespace

char Letter(PrescriptionKind kind) {
  switch (kind) {
    case PrescriptionKind::kOrdinary: return 'C';
    case PrescriptionKind::kPsychotropic: return 'H';
    case PrescriptionKind::kNarcotic: return 'N';
    case PrescriptionKind::kTraditional: return 'T';
  }
  CHECK(false);
  return 'C';
}

DrugList::DrugList(const Table& table) {
  std::vector<Drug> rows;
  rows.reserve(table.rows.size());
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    Drug drug{.code = cells.Text("code"),
              .active_substance = cells.Text("active_substance"),
              .active_substance_code = cells.Text("active_substance_code"),
              .brand = cells.Text("brand"),
              .strength = cells.Text("strength"),
              .dosage_form = cells.Text("dosage_form"),
              .unit = cells.Text("unit"),
              .route_code = cells.Text("route_code"),
              .route_name = cells.Text("route_name"),
              .registration_number = cells.Text("registration_number"),
              .group = cells.Integer("group").value_or(4),
              .price = cells.Decimal("price").value_or(base::Decimal()),
              .insurance_ratio = cells.Integer("insurance_ratio").value_or(0),
              .tender = cells.Text("tender"),
              .prescription_kind = KindOf(cells.Text("prescription_kind")),
              .usual_dose = cells.Text("usual_dose"),
              .dose_unit = cells.Text("dose_unit"),
              .atc = cells.Text("atc"),
              .validity = cells.ValidityOfRow()};
    drug.max_days = cells.Integer("max_days").value_or(UsualMaxDays(drug.prescription_kind));
    if (drug.dose_unit.empty()) drug.dose_unit = drug.unit;
    rows.push_back(std::move(drug));
  }
  rows_ = DatedRows<Drug>(std::move(rows));
}

const Drug* DrugList::FindApproved(std::string_view active_substance_code,
                                   std::string_view registration_number, base::Date at) const {
  for (const Drug& drug : rows_.rows()) {
    if (drug.registration_number == registration_number &&
        drug.active_substance_code == active_substance_code && drug.validity.Covers(at)) {
      return &drug;
    }
  }
  return nullptr;
}

std::vector<const Drug*> DrugList::Search(std::string_view text, base::Date at,
                                          size_t limit) const {
  const std::vector<Drug>& rows = rows_.rows();
  const WordIndex& index = index_.Get([&] {
    std::vector<WordIndex::Entry> entries;
    entries.reserve(rows.size());
    for (const Drug& row : rows) {
      entries.push_back({.code = row.code,
                         .name = row.active_substance + " " + row.strength,
                         .synonyms = row.brand,
                         .name_en = {}});
    }
    return entries;
  });
  std::vector<const Drug*> out;
  for (uint32_t i :
       index.Search(text, limit, [&](uint32_t row) { return rows[row].validity.Covers(at); })) {
    out.push_back(&rows[i]);
  }
  return out;
}

}  // namespace care::shared
