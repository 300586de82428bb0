#include <fmt/format.h>

#include "care/insurance/dossier_tables.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/insurance/claim_xml.h"

namespace care::insurance {

using base::Decimal;
using base::Json;
using exchange::insurance::ClaimDate;
using exchange::insurance::ClaimMoment;
using exchange::insurance::ClaimMoney;
using exchange::insurance::Row;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

struct Totals {
  Decimal drugs, supplies, amount, insured_amount, self_pay, copay, other, fund_fee_for_service;
};

Totals TotalsOf(const VisitFacts& facts) {
  Totals totals;
  for (const auto& charge : facts.charges) {
    const auto value = [&](std::string_view url) { return shared::ExtensionDecimal(charge.body, url); };
    const bool drug = !shared::CodeIn(charge["code"], code_system::kDrug).empty();
    const int64_t group = shared::ExtensionValue(charge.body, ext::kGroup).Int();
    if (drug) totals.drugs += value(ext::kAmount);
    if (!drug && (group == 10 || group == 11)) totals.supplies += value(ext::kAmount);
    totals.amount += value(ext::kAmount);
    totals.insured_amount += value(ext::kInsuredAmount);
    totals.self_pay += value(ext::kSelfPay);
    totals.copay += value(ext::kCopay);
    totals.other += value(ext::kOtherSource);
    totals.fund_fee_for_service += value(ext::kFund);
  }
  return totals;
}

// The newest weight of the visit, 2 decimals; "" when nobody weighed the patient.
std::string WeightOf(const VisitFacts& facts) {
  for (const auto& sign : facts.vital_signs) {
    if (shared::CodeIn(sign["code"], code_system::kLoinc) != "29463-7") continue;
    return shared::DecimalOf(sign.body.At("valueQuantity.value")).ToFixed(2);
  }
  return {};
}

void SetMoney(const Totals& totals, Row& row) {
  row.Set("T_THUOC", ClaimMoney(totals.drugs));
  row.Set("T_VTYT", ClaimMoney(totals.supplies));
  row.Set("T_TONGCHI_BV", ClaimMoney(totals.amount));
  row.Set("T_TONGCHI_BH", ClaimMoney(totals.insured_amount));
  row.Set("T_BNTT", ClaimMoney(totals.self_pay));
  row.Set("T_BNCCT", ClaimMoney(totals.copay));
  row.Set("T_BHTT", ClaimMoney(totals.insured_amount - totals.copay));
  row.Set("T_NGUONKHAC", ClaimMoney(totals.other));
  row.Set("T_BHTT_GDV", ClaimMoney(totals.fund_fee_for_service));
}

void SetResidence(const Json& patient, const shared::Context& context, Row& row) {
  const std::string commune = shared::ExtensionText(patient["address"][0], ext::kCommune);
  const std::string code = commune.empty() ? context.station.commune_code : commune;
  row.Set("MATINH_CU_TRU", context.station.province_code);
  row.Set("MAXA_CU_TRU", code);
  if (row.Get("DIA_CHI").empty()) {
    const auto* entry = context.catalogue.communes.Find(code, context.clock.Today());
    row.Set("DIA_CHI", entry == nullptr ? std::string("Không rõ") : shared::CommuneTitle(*entry) + ", Hà Nội");
  }
}

std::string Treatment(const VisitFacts& facts) {
  const std::string treatment = shared::ExtensionText(facts.impression.body, ext::kTreatment);
  return treatment.empty() ? "Điều trị ngoại trú theo đơn" : treatment;
}

}  // namespace

void AddCheckIn(const VisitFacts& facts, const shared::Context& context, Dossier& dossier) {
  // Not for emergencies nor without insurance (vietnam.md §3.3).
  if (!facts.insured || facts.encounter.body.At("class.code").String() == "EMER") return;
  if (facts.charges.empty()) return;
  Row& row = dossier.Add("XML0");
  SetPerson(facts, row);
  row.Set("MA_CSKCB", context.station.facility_code);
  const auto& first = facts.charges.front();
  const std::string drug = shared::CodeIn(first["code"], code_system::kDrug);
  if (drug.empty()) {
    row.Set("MA_DICH_VU", shared::CodeIn(first["code"], code_system::kService));
    row.Set("TEN_DICH_VU", first.body.At("code.text").String());
  } else {
    row.Set("MA_THUOC", drug);
    row.Set("TEN_THUOC", first.body.At("code.text").String());
  }
  const auto ordered = shared::MomentOf(first["occurrenceDateTime"]);
  row.Set("NGAY_YL", ClaimMoment(ordered ? *ordered : facts.started));
}

void AddSummary(const VisitFacts& facts, const shared::Context& context, Dossier& dossier) {
  const Json& patient = facts.patient.body;
  Row& row = dossier.Add("XML1");
  SetPerson(facts, row);
  row.Set("MA_QUOCTICH", "000");
  const auto or_else = [](std::string value, const char* otherwise) {
    return value.empty() ? std::string(otherwise) : value;
  };
  row.Set("MA_DANTOC", or_else(shared::ExtensionText(patient, ext::kEthnicity), "99"));
  row.Set("MA_NGHE_NGHIEP", or_else(shared::ExtensionText(patient, ext::kOccupation), "00000"));
  SetResidence(patient, context, row);
  for (const Json& telecom : patient["telecom"].Items()) {
    if (telecom["system"].String() == "phone") row.Set("DIEN_THOAI", telecom["value"].String());
  }
  row.Set("LY_DO_VV", or_else(facts.encounter.body.At("reasonCode.0.text").String(), "Khám bệnh"));
  row.Set("CHAN_DOAN_VAO", PreliminaryText(facts));
  row.Set("CHAN_DOAN_RV", FinalDiagnosisText(facts));
  row.Set("MA_BENH_CHINH", MainCode(facts));
  row.Set("MA_BENH_KT", OtherCodes(facts));
  row.Set("SO_NGAY_DTRI", "0");
  row.Set("PP_DIEU_TRI", Treatment(facts));
  row.Set("KET_QUA_DTRI", shared::ExtensionText(facts.encounter.body, ext::kTreatmentOutcome));
  row.Set("MA_LOAI_RV", shared::CodeIn(facts.encounter.body.At("hospitalization.dischargeDisposition"),
                                       code_system::kDischarge));
  row.Set("GHI_CHU", facts.impression["summary"].String());
  if (facts.invoice["status"].String() == "balanced") {
    const auto paid = shared::MomentOf(facts.invoice["date"]);
    row.Set("NGAY_TTOAN", ClaimMoment(paid && *paid > facts.ended ? *paid : facts.ended));
  }
  SetMoney(TotalsOf(facts), row);
  const base::Date day = facts.day();
  row.Set("NAM_QT", std::to_string(day.year));
  row.Set("THANG_QT", fmt::format("{:02}", day.month));
  row.Set("MA_KHOA", DepartmentOf(facts));
  row.Set("MA_CSKCB", context.station.facility_code);
  row.Set("CAN_NANG", WeightOf(facts));
  if (facts.insured) {
    row.Set("MA_KHUVUC", shared::ExtensionText(facts.coverage.body, ext::kArea));
    const auto since = base::Date::ParseIso(shared::ExtensionText(facts.coverage.body, ext::kFiveYearsFrom));
    if (since.ok()) row.Set("NAM_NAM_LIEN_TUC", ClaimDate(*since));
  }
  if (const auto revisit = shared::MomentOf(facts.appointment["start"])) {
    row.Set("NGAY_TAI_KHAM", ClaimDate(revisit->LocalDate()));
  }
  row.Set("MA_HSBA", ClaimKeyOf(facts));
  row.Set("MA_TTDV", context.station.head_social_insurance);
}

}  // namespace care::insurance
