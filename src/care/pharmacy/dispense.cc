#include "care/pharmacy/dispense.h"

#include <map>

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::pharmacy {

using access_control::Change;
using access_control::Record;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

// Lots touched in this transaction, each read once however many lines take from it.
class Shelf {
 public:
  explicit Shelf(shared::Context& context) : context_(context) {}

  base::Result<Lot*> Find(const std::string& lot_id) {
    auto it = lots_.find(lot_id);
    if (it == lots_.end()) {
      TRY_ASSIGN(const Record medication, context_.record.Read("Medication", lot_id));
      it = lots_.emplace(lot_id, LotOf(medication)).first;
    }
    return &it->second;
  }

  void WriteTo(Change& change) {
    for (auto& [id, lot] : lots_) change.Update(std::move(lot.medication));
  }

 private:
  shared::Context& context_;
  std::map<std::string, Lot> lots_;
};

Json MakeDispense(const Record& request, const Lot& lot, const Decimal& quantity,
                  shared::Context& context) {
  Json dispense = Json::Obj({{"resourceType", "MedicationDispense"}, {"status", "completed"}});
  dispense.Set("medicationCodeableConcept", request["medicationCodeableConcept"]);
  dispense.Set("subject", request["subject"]);
  dispense.Set("context", request["encounter"]);
  const auto& who = context.record.principal();
  dispense.Set("performer",
               Json::Arr({Json::Obj({{"actor", shared::Reference("Practitioner/" + who.practitioner_id,
                                                                 who.display_name)}})}));
  dispense.Set("authorizingPrescription", Json::Arr({shared::Reference(request.Reference())}));
  dispense.Set("quantity", shared::Quantity(quantity.ToString(), lot.unit));
  dispense.Set("whenHandedOver", context.clock.Now().ToLocal());
  shared::SetExtension(dispense, ext::kLot, "valueReference",
                       shared::Reference(lot.medication.Reference()));
  return dispense;
}

base::Status DispenseOneLine(const DispenseLine& line, const std::string& where, Shelf& shelf,
                             const std::string& encounter_id, Change& change,
                             shared::Context& context) {
  TRY_ASSIGN(Record request, context.record.Read("MedicationRequest", line.request_id));
  if (shared::ReferenceOf(request["encounter"]) != "Encounter/" + encounter_id) {
    return base::Unprocessable("Dòng thuốc này thuộc lượt khám khác.", where);
  }
  if (request["status"].String() != "active") {
    return base::Conflict("Dòng thuốc này đã được phát hoặc đã bị thay.", where);
  }
  const std::string drug =
      shared::CodeIn(request["medicationCodeableConcept"], code_system::kDrug);
  const Decimal prescribed = shared::DecimalOf(request.body.At("dispenseRequest.quantity.value"));
  Decimal given = 0;
  for (size_t i = 0; i < line.lots.size(); ++i) {
    const LotTake& take = line.lots[i];
    const std::string field = where + ".lots[" + std::to_string(i) + "]";
    if (take.quantity <= Decimal(0)) return base::Invalid("Số lượng phát phải lớn hơn 0.", field);
    TRY_ASSIGN(Lot* const lot, shelf.Find(take.lot_id));
    if (lot->drug != drug) return base::Unprocessable("Lô này là của thuốc khác.", field);
    if (lot->expires < context.clock.Today()) {
      return base::Unprocessable("Lô " + lot->lot_number + " đã hết hạn, không được phát.", field);
    }
    auto moved = Move(*lot, -take.quantity, "phát " + request.id(), context);
    if (!moved.ok()) {
      base::Error error = moved.error();
      error.field = field;
      return error;
    }
    change.Create(MakeDispense(request, *lot, take.quantity, context));
    given += take.quantity;
  }
  if (given != prescribed) {
    return base::Unprocessable("Phải phát đúng " + prescribed.ToString() + " theo đơn, đang chọn " +
                                   given.ToString() + ".",
                               where);
  }
  request.body.Set("status", "completed");
  change.Update(std::move(request));
  return base::Ok();
}

}  // namespace

base::Result<DispenseOutput> Dispense(const DispenseInput& input, shared::Context& context) {
  if (input.lines.empty()) return base::Invalid("Chưa chọn thuốc nào để phát.", "lines");
  // A conflict is shown to the pharmacist, never retried: the shelf is not as it looked.
  TRY_ASSIGN(Record encounter, context.record.Read("Encounter", input.encounter_id));
  if (encounter["status"].String() == "cancelled") {
    return base::Conflict("Lượt khám này đã bị huỷ.");
  }
  TRY_ASSIGN(const auto active,
             context.record.SearchAll("MedicationRequest?encounter=Encounter/" +
                                          input.encounter_id + "&status=active",
                                      100));
  Change change = context.record.NewChange();
  Shelf shelf(context);
  for (size_t i = 0; i < input.lines.size(); ++i) {
    TRY(DispenseOneLine(input.lines[i], "lines[" + std::to_string(i) + "]", shelf,
                        input.encounter_id, change, context));
  }
  shelf.WriteTo(change);
  const bool complete = active.size() == input.lines.size();
  change.Raise(std::string(shared::events::kMedicineDispensed),
               shared::EventPayload(encounter.body));
  if (complete && shared::StageOf(encounter.body) == shared::Stage::kWaitingPharmacy) {
    shared::SetStage(encounter.body, shared::Stage::kWaitingCashier);
    change.Update(std::move(encounter));
  }
  TRY(context.record.Commit(std::move(change)));
  return DispenseOutput{static_cast<int64_t>(input.lines.size()), complete};
}

}  // namespace care::pharmacy
