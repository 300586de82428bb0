#include "care/billing/price_visit.h"

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::billing {

using access_control::Record;
using base::Date;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

// General examination of a commune station; other examinations are ordered and replace it.
constexpr std::string_view kGeneralExamination = "02.03";
constexpr int kExaminationGroup = 13;  // MA_NHOM

Date PricingDay(const Record& encounter, shared::Context& context) {
  const auto end = shared::MomentOf(encounter.body.At("period.end"));
  return end ? end->LocalDate() : context.clock.Today();
}

BillLine ServiceLine(const shared::Service& service, bool insured, std::string charge_id,
                     std::string source, std::string occurred_at) {
  BillLine line;
  line.charge_id = std::move(charge_id);
  line.source = std::move(source);
  line.code = service.code;
  line.name = service.name;
  line.unit = "Lần";
  line.occurred_at = std::move(occurred_at);
  line.priced.kind = LineKind::kService;
  line.priced.group = service.group;
  line.priced.quantity = 1;
  line.priced.price = service.price_self_pay;
  line.priced.insured_price = service.price_insurance;
  line.priced.insurance_ratio = insured ? service.insurance_ratio : 0;
  return line;
}

base::Status AddServices(const Record& encounter, Date day, bool insured, shared::Context& context,
                         std::vector<BillLine>& lines) {
  TRY_ASSIGN(const auto orders,
             context.record.SearchAll("ServiceRequest?encounter=" + encounter.Reference() +
                                          "&status=active,completed&_sort=authored",
                                      200));
  int examinations = 0;
  for (const Record& order : orders) {
    const std::string room = shared::CodeIn(order["category"][0], code_system::kOrderCategory);
    // A test without a verified result was not done.
    if (room == "lab" && order["status"].String() != "completed") continue;
    const shared::Service* service = context.catalogue.services.Find(
        shared::CodeIn(order["code"], code_system::kService), day);
    if (service == nullptr) {
      return base::Unprocessable("Dịch vụ " + order.body.At("code.text").String() +
                                 " không có giá trong danh mục ngày " + day.ToIso() + ".");
    }
    BillLine line = ServiceLine(*service, insured, "charge-" + order.id(), order.Reference(),
                                order["authoredOn"].String());
    if (service->group == kExaminationGroup) {
      line.priced.service_ratio = ExaminationRatio(++examinations);
    }
    lines.push_back(std::move(line));
  }
  const bool seen = encounter["participant"].size() > 0;
  if (examinations == 0 && seen) {
    const shared::Service* service = context.catalogue.services.Find(kGeneralExamination, day);
    if (service == nullptr) {
      return base::Unprocessable("Danh mục không có giá khám bệnh (" +
                                 std::string(kGeneralExamination) + ") cho ngày " + day.ToIso() + ".");
    }
    lines.insert(lines.begin(),
                 ServiceLine(*service, insured, "charge-exam-" + encounter.id(), "",
                             encounter.body.At("period.start").String()));
  }
  return base::Ok();
}

base::Status AddDrugs(const Record& encounter, Date day, bool insured, shared::Context& context,
                      std::vector<BillLine>& lines) {
  TRY_ASSIGN(const auto requests,
             context.record.SearchAll("MedicationRequest?encounter=" + encounter.Reference() +
                                          "&status=active,completed&_sort=_lastUpdated",
                                      100));
  for (const Record& request : requests) {
    const std::string code =
        shared::CodeIn(request["medicationCodeableConcept"], code_system::kDrug);
    const shared::Drug* drug = context.catalogue.drugs.Find(code, day);
    if (drug == nullptr) {
      return base::Unprocessable("Thuốc " + code + " không có giá trong danh mục ngày " +
                                 day.ToIso() + ".");
    }
    const bool by_insurance =
        insured && shared::ExtensionText(request.body, ext::kPayer) != "self";
    BillLine line;
    line.charge_id = "charge-" + request.id();
    line.source = request.Reference();
    line.code = code;
    line.name = request.body.At("medicationCodeableConcept.text").String();
    line.unit = drug->unit;
    line.occurred_at = request["authoredOn"].String();
    line.priced.kind = LineKind::kDrug;
    line.priced.group = drug->group;
    line.priced.quantity = shared::DecimalOf(request.body.At("dispenseRequest.quantity.value"));
    line.priced.price = drug->price;
    line.priced.insured_price = drug->price;
    line.priced.insurance_ratio = by_insurance ? drug->insurance_ratio : 0;
    lines.push_back(std::move(line));
  }
  return base::Ok();
}

base::Result<BenefitParameters> ParametersAt(const shared::Catalogue& catalogue, Date day) {
  namespace parameter = shared::parameter;
  const auto number = [&](std::string_view key) -> base::Result<Decimal> {
    const auto value = catalogue.parameters.Get(key, day);
    if (!value) {
      return base::Unprocessable("Danh mục thiếu tham số " + std::string(key) + " cho ngày " +
                                 day.ToIso() + ".");
    }
    return *value;
  };
  const auto whole = [&](std::string_view key) -> base::Result<int> {
    TRY_ASSIGN(const Decimal value, number(key));
    TRY_ASSIGN(const int64_t integer, value.ToInteger());
    return static_cast<int>(integer);
  };
  BenefitParameters parameters;
  TRY_ASSIGN(parameters.base_salary, number(parameter::kBaseSalary));
  TRY_ASSIGN(parameters.low_cost_percent, whole(parameter::kLowCostPercent));
  TRY_ASSIGN(parameters.supply_ceiling_months, whole(parameter::kSupplyCeilingMonths));
  for (int level = 1; level <= 5; ++level) {
    TRY_ASSIGN(parameters.level_percent[level - 1],
               whole(std::string(parameter::kBenefitLevelPrefix) + std::to_string(level)));
  }
  return parameters;
}

base::Result<Benefit> BenefitOf(const Record& encounter, const Record& coverage,
                                const std::vector<BillLine>& lines,
                                const BenefitParameters& parameters, Date day,
                                shared::Context& context) {
  std::string code = shared::ExtensionText(encounter.body, ext::kEligibility);
  if (code.empty()) code = coverage.version > 0 ? "1.2" : "9";
  const shared::Eligibility* rule = context.catalogue.eligibility.Find(code, day);
  if (rule == nullptr) {
    return base::Unprocessable("Danh mục không có mã đối tượng " + code + " cho ngày " + day.ToIso() + ".");
  }
  BenefitQuestion question;
  question.eligibility = {rule->code, rule->rate_outpatient, rule->rate_inpatient,
                          rule->whatever_the_card};
  const std::string level = shared::ExtensionText(coverage.body, ext::kBenefitLevel);
  if (level.size() == 1 && level[0] >= '1' && level[0] <= '5') question.card_level = level[0] - '0';
  question.copayment_waived = shared::ExtensionFlag(coverage.body, ext::kCopaymentWaiver);
  for (const BillLine& line : lines) {
    TRY_ASSIGN(const Decimal insured_amount, InsuredAmount(line.priced));
    question.insured_total += insured_amount;
  }
  return DecideBenefit(question, parameters);
}

}  // namespace

std::string InvoiceId(const std::string& encounter_id) { return "invoice-" + encounter_id; }

base::Result<PricedVisit> PriceVisit(const Record& encounter, shared::Context& context) {
  const Date day = PricingDay(encounter, context);
  TRY_ASSIGN(const Record coverage, shared::FindCoverage(
                                        context.record, shared::PatientIdOf(encounter.body), day));
  const std::string eligibility = shared::ExtensionText(encounter.body, ext::kEligibility);
  PricedVisit visit;
  visit.insured = coverage.version > 0 && eligibility != "9" &&
                  shared::InsuranceOf(coverage.body, day).state ==
                      shared::InsuranceCard::State::kValid;
  TRY(AddServices(encounter, day, visit.insured, context, visit.lines));
  TRY(AddDrugs(encounter, day, visit.insured, context, visit.lines));
  TRY_ASSIGN(const BenefitParameters parameters, ParametersAt(context.catalogue, day));
  TRY_ASSIGN(visit.benefit, BenefitOf(encounter, visit.insured ? coverage : Record{}, visit.lines,
                                      parameters, day, context));
  std::vector<PricedLine> priced;
  for (const BillLine& line : visit.lines) priced.push_back(line.priced);
  TRY_ASSIGN(Bill bill, SplitBill(priced, visit.benefit.percent, SupplyCeiling(parameters)));
  for (size_t i = 0; i < visit.lines.size(); ++i) visit.lines[i].split = bill.lines[i];
  visit.totals = bill.totals;
  return visit;
}

}  // namespace care::billing
