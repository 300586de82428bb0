#include "care/lab/enter_result.h"

#include <algorithm>

#include "care/lab/analytes.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::lab {

using access_control::Change;
using access_control::Record;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;

namespace {

std::string Dotted(std::string text) {
  std::replace(text.begin(), text.end(), ',', '.');
  return text;
}

base::Status CheckNumber(const shared::Analyte& analyte, const std::string& text, bool confirmed,
                         const std::string& field) {
  auto number = Decimal::Parse(Dotted(text));
  if (!number.ok()) {
    return base::Invalid("Kết quả " + analyte.name + " phải là số.", field);
  }
  const bool below = analyte.plausible_low && *number < *analyte.plausible_low;
  const bool above = analyte.plausible_high && *number > *analyte.plausible_high;
  if (number->IsNegative()) return base::Invalid("Kết quả không thể âm.", field);
  if ((below || above) && !confirmed) {
    return base::Unprocessable("Kết quả " + analyte.name +
                                   " rất khác thường. Kiểm tra lại máy và mẫu, hoặc xác nhận nếu đúng.",
                               field);
  }
  return base::Ok();
}

base::Status CheckValue(const shared::Analyte& analyte, const std::string& value, bool confirmed,
                        const std::string& field) {
  if (value.empty()) return base::Invalid("Chưa nhập kết quả " + analyte.name + ".", field);
  if (value.size() > 500) return base::Invalid("Kết quả quá dài.", field);
  switch (analyte.kind) {
    case shared::ResultKind::kQuantity: return CheckNumber(analyte, value, confirmed, field);
    case shared::ResultKind::kCoded:
      if (analyte.Option(value) == nullptr) {
        return base::Invalid("Kết quả " + analyte.name + " phải là một trong các lựa chọn.", field);
      }
      return base::Ok();
    case shared::ResultKind::kText: return base::Ok();
  }
  return base::Ok();
}

// The value with what it means in this patient: flag and reference range.
void SetValue(const shared::Analyte& analyte, const std::string& value, const Json& patient,
              base::Date on, Json& observation) {
  const auto interpret = [&](std::string_view flag) {
    if (flag.empty()) return;
    observation.Set("interpretation",
                    Json::Arr({shared::Concept(code_system::kInterpretation, flag)}));
  };
  if (analyte.kind != shared::ResultKind::kQuantity) {
    const shared::ResultOption* option = analyte.Option(value);
    observation.Set("valueString", option == nullptr ? value : option->text);
    if (option != nullptr) interpret(option->abnormal ? "A" : "N");
    return;
  }
  const std::string number = Dotted(value);
  observation.Set("valueQuantity", shared::Quantity(number, analyte.unit));
  const shared::ReferenceRange* range = RangeFor(analyte, patient, on);
  interpret(FlagOf(range, *Decimal::Parse(number)));
  const std::string text = RangeText(range);
  if (text.empty()) return;
  Json reference = Json::Obj({{"text", text}});
  if (range->low) reference.Set("low", shared::Quantity(range->low->ToString(), analyte.unit));
  if (range->high) reference.Set("high", shared::Quantity(range->high->ToString(), analyte.unit));
  observation.Set("referenceRange", Json::Arr({std::move(reference)}));
}

Json MakeResult(const LabOrder& order, const shared::Analyte& analyte, const std::string& value,
                shared::Context& context) {
  Json observation = Json::Obj({{"resourceType", "Observation"}, {"status", "preliminary"}});
  observation.Set("basedOn", Json::Arr({shared::Reference(order.request.Reference())}));
  observation.Set("category",
                  Json::Arr({shared::Concept(code_system::kObservationCategory, "laboratory")}));
  Json code = shared::Concept(code_system::kAnalyte, analyte.code, analyte.name);
  if (!analyte.loinc.empty()) {
    code.Slot("coding").Push(shared::Coding(code_system::kLoinc, analyte.loinc));
  }
  observation.Set("code", std::move(code));
  observation.Set("subject", order.request["subject"]);
  observation.Set("encounter", order.request["encounter"]);
  observation.Set("effectiveDateTime", context.clock.Now().ToLocal());
  const auto& who = context.record.principal();
  observation.Set("performer", Json::Arr({shared::Reference("Practitioner/" + who.practitioner_id,
                                                            who.display_name)}));
  if (order.specimen.version > 0) {
    observation.Set("specimen", shared::Reference(order.specimen.Reference()));
  }
  SetValue(analyte, value, order.patient.body, context.clock.Today(), observation);
  return observation;
}

Json MakeReport(const LabOrder& order, Json result_references, shared::Context& context) {
  Json report = Json::Obj({{"resourceType", "DiagnosticReport"}, {"status", "preliminary"}});
  report.Set("basedOn", Json::Arr({shared::Reference(order.request.Reference())}));
  report.Set("category", Json::Arr({shared::Concept(
                             "http://terminology.hl7.org/CodeSystem/v2-0074", "LAB")}));
  report.Set("code", order.request["code"]);
  report.Set("subject", order.request["subject"]);
  report.Set("encounter", order.request["encounter"]);
  report.Set("effectiveDateTime", context.clock.Now().ToLocal());
  const auto& who = context.record.principal();
  report.Set("performer", Json::Arr({shared::Reference("Practitioner/" + who.practitioner_id,
                                                       who.display_name)}));
  report.Set("result", std::move(result_references));
  return report;
}

base::Status Store(const EnterResultInput& input, const LabOrder& order, shared::Context& context) {
  Change change = context.record.NewChange();
  // What was entered before is replaced; its history stays.
  for (const Record& old : order.results) {
    Record replaced = old;
    replaced.body.Set("status", "entered-in-error");
    change.Update(std::move(replaced));
  }
  Json references = Json::Arr();
  for (size_t i = 0; i < input.results.size(); ++i) {
    const ResultValue& result = input.results[i];
    const std::string field = "results[" + std::to_string(i) + "]";
    const shared::Analyte* analyte = context.catalogue.analytes.Find(
        order.service(), result.analyte, context.clock.Today());
    if (analyte == nullptr) return base::Invalid("Xét nghiệm này không có chỉ số đó.", field);
    const bool confirmed = std::find(input.confirmed.begin(), input.confirmed.end(),
                                     result.analyte) != input.confirmed.end();
    TRY(CheckValue(*analyte, result.value, confirmed, field));
    references.Push(
        shared::Reference(change.Create(MakeResult(order, *analyte, result.value, context))));
  }
  Json report = MakeReport(order, std::move(references), context);
  if (order.report.version > 0) {
    report.Set("id", order.report.id());
    change.Update(Record{std::move(report), order.report.version});
  } else {
    report.Set("id", "report-" + order.request.id());
    change.Create(std::move(report));
  }
  change.Require(order.request);
  change.Raise(std::string(shared::events::kResultEntered),
               shared::EventPayload(order.encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return base::Ok();
}

}  // namespace

base::Result<LabOrder> EnterResult(const EnterResultInput& input, shared::Context& context) {
  if (input.results.empty()) return base::Invalid("Chưa nhập kết quả nào.", "results");
  TRY_ASSIGN(const LabOrder order, ReadOrder(input.request_id, context));
  if (!MayFollow(order.state, Step::kEnter)) return WrongStep(order.state);
  TRY(Store(input, order, context));
  return ReadOrder(input.request_id, context);
}

}  // namespace care::lab
