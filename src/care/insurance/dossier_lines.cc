#include "care/insurance/dossier_tables.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/insurance/claim_xml.h"

namespace care::insurance {

using access_control::Record;
using base::Decimal;
using base::Json;
using exchange::insurance::ClaimMoment;
using exchange::insurance::ClaimMoney;
using exchange::insurance::ClaimQuantity;
using exchange::insurance::Row;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

const Record& SourceOf(const VisitFacts& facts, const Record& charge) {
  static const Record none;
  const auto source =
      facts.sources.find(shared::ReferenceOf(charge["supportingInformation"][0]));
  return source == facts.sources.end() ? none : source->second;
}

// Columns that XML2 and XML3 share: quantities, money, who and when.
void SetShared(const VisitFacts& facts, const Record& charge, const Record& source, int number,
               Row& row) {
  const auto value = [&](std::string_view url) { return shared::ExtensionDecimal(charge.body, url); };
  const int64_t ratio = shared::ExtensionValue(charge.body, ext::kRatio).Int();
  row.Set("MA_LK", ClaimKeyOf(facts));
  row.Set("STT", std::to_string(number));
  row.Set("MA_NHOM", std::to_string(shared::ExtensionValue(charge.body, ext::kGroup).Int()));
  row.Set("PHAM_VI", ratio > 0 ? "1" : "2");
  row.Set("TYLE_TT_BH", std::to_string(ratio));
  row.Set("SO_LUONG", ClaimQuantity(shared::DecimalOf(charge.body.At("quantity.value"))));
  row.Set("DON_VI_TINH", charge.body.At("quantity.unit").String());
  row.Set("THANH_TIEN_BV", ClaimMoney(value(ext::kAmount)));
  row.Set("THANH_TIEN_BH", ClaimMoney(value(ext::kInsuredAmount)));
  for (const char* field : {"T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN"}) row.Set(field, "0");
  row.Set("T_NGUONKHAC_CL", ClaimMoney(value(ext::kOtherSource)));
  row.Set("T_NGUONKHAC", ClaimMoney(value(ext::kOtherSource)));
  row.Set("MUC_HUONG", value(ext::kBenefitRate).ToString());
  row.Set("T_BHTT", ClaimMoney(value(ext::kFund)));
  row.Set("T_BNCCT", ClaimMoney(value(ext::kCopay)));
  row.Set("T_BNTT", ClaimMoney(value(ext::kSelfPay)));
  row.Set("MA_KHOA", DepartmentOf(facts));
  const std::string orderer = LicenceOf(facts, source["requester"]);
  row.Set("MA_BAC_SI", orderer.empty() ? AttendingLicence(facts) : orderer);
  const auto ordered = shared::MomentOf(charge["occurrenceDateTime"]);
  row.Set("NGAY_YL", ClaimMoment(ordered ? *ordered : facts.started));
  row.Set("MA_PTTT", "1");
}

// "1 viên/lần * 2 lần/ngày * 5 ngày [2 viên/ngày]" (XML2.LIEU_DUNG, outpatient).
std::string DoseFormula(const Record& request) {
  const Json& dosage = request["dosageInstruction"][0];
  const Json& dose = dosage.At("doseAndRate.0.doseQuantity");
  const Json& repeat = dosage.At("timing.repeat");
  const Decimal each = shared::DecimalOf(dose["value"]);
  const Decimal times(repeat["frequency"].Int());
  const std::string& unit = dose["unit"].String();
  return each.ToString() + " " + unit + "/lần * " + times.ToString() + " lần/ngày * " +
         std::string(repeat.At("boundsDuration.value").NumberText()) + " ngày [" +
         (each * times).ToString() + " " + unit + "/ngày]";
}

void AddDrug(const VisitFacts& facts, const Record& charge, int number,
             const shared::Context& context, Dossier& dossier) {
  const Record& request = SourceOf(facts, charge);
  const shared::Drug* drug = context.catalogue.drugs.Find(
      shared::CodeIn(charge["code"], code_system::kDrug), facts.day());
  Row& row = dossier.Add("XML2");
  SetShared(facts, charge, request, number, row);
  if (drug != nullptr) {
    row.Set("MA_THUOC", drug->active_substance_code);
    row.Set("TEN_THUOC", drug->brand.empty() ? drug->active_substance : drug->brand);
    row.Set("HAM_LUONG", drug->strength);
    row.Set("DUONG_DUNG", drug->route_code);
    row.Set("DANG_BAO_CHE", drug->dosage_form);
    row.Set("SO_DANG_KY", drug->registration_number);
    row.Set("TT_THAU", drug->tender);
  }
  row.Set("LIEU_DUNG", DoseFormula(request));
  row.Set("CACH_DUNG", request.body.At("dosageInstruction.0.text").String());
  row.Set("DON_GIA", ClaimQuantity(shared::DecimalOf(charge.body.At("priceOverride.value"))));
  row.Set("NGAY_TH_YL", row.Get("NGAY_YL"));
  row.Set("NGUON_CTRA", facts.insured && row.Get("PHAM_VI") == "1" ? "1" : "4");
}

// Cost groups whose lines name the performer, and those that name the machine (vietnam.md §3.5).
bool NeedsPerformer(int64_t group) {
  return group == 1 || group == 2 || group == 3 || group == 8 || group == 13 || group == 18;
}
bool NeedsMachine(int64_t group) { return group == 1 || group == 2 || group == 3; }

void AddService(const VisitFacts& facts, const Record& charge, int number,
                const shared::Context& context, Dossier& dossier) {
  const Record& order = SourceOf(facts, charge);
  const std::string code = shared::CodeIn(charge["code"], code_system::kService);
  const int64_t group = shared::ExtensionValue(charge.body, ext::kGroup).Int();
  Row& row = dossier.Add("XML3");
  SetShared(facts, charge, order, number, row);
  row.Set("MA_DICH_VU", code);
  row.Set("TEN_DICH_VU", charge.body.At("code.text").String());
  row.Set("DON_GIA_BV", ClaimQuantity(shared::DecimalOf(charge.body.At("priceOverride.value"))));
  row.Set("DON_GIA_BH", ClaimQuantity(shared::ExtensionDecimal(charge.body, ext::kUnitCost)));
  row.Set("TYLE_TT_DV", std::to_string(shared::ExtensionValue(charge.body, ext::kServiceRatio).Int()));
  const auto report = facts.reports.find(order.Reference());
  if (report != facts.reports.end()) {
    const auto entered = shared::MomentOf(report->second["effectiveDateTime"]);
    const auto issued = shared::MomentOf(report->second["issued"]);
    row.Set("NGUOI_THUC_HIEN", LicenceOf(facts, report->second["performer"][0]));
    if (entered) row.Set("NGAY_TH_YL", ClaimMoment(*entered));
    if (issued) row.Set("NGAY_KQ", ClaimMoment(*issued));
  } else if (NeedsPerformer(group)) {
    row.Set("NGUOI_THUC_HIEN", AttendingLicence(facts));
    row.Set("NGAY_TH_YL", row.Get("NGAY_YL"));
  }
  if (NeedsMachine(group)) {
    auto machine = context.station.machines.find(code);
    if (machine == context.station.machines.end()) {
      machine = context.station.machines.find("group:" + std::to_string(group));
    }
    if (machine != context.station.machines.end()) row.Set("MA_MAY", machine->second);
  }
}

}  // namespace

void AddLines(const VisitFacts& facts, const shared::Context& context, Dossier& dossier) {
  int drugs = 0;
  int services = 0;
  for (const Record& charge : facts.charges) {
    if (shared::CodeIn(charge["code"], code_system::kDrug).empty()) continue;
    AddDrug(facts, charge, ++drugs, context, dossier);
  }
  for (const Record& charge : facts.charges) {
    if (!shared::CodeIn(charge["code"], code_system::kDrug).empty()) continue;
    AddService(facts, charge, ++services, context, dossier);
  }
}

}  // namespace care::insurance
