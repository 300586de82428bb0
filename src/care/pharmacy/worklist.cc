#include "care/pharmacy/worklist.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "care/pharmacy/stock.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::pharmacy {

using access_control::Record;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

using LotsByDrug = std::map<std::string, std::vector<Lot>>;

base::Result<LotsByDrug> ReadShelf(shared::Context& context) {
  TRY_ASSIGN(auto lots, ReadLots(context.record, ""));
  LotsByDrug shelf;
  for (Lot& lot : lots) shelf[lot.drug].push_back(std::move(lot));
  return shelf;
}

Json LineJson(const Record& request, LotsByDrug& shelf, base::Date today) {
  const Json& medication = request["medicationCodeableConcept"];
  const std::string drug = shared::CodeIn(medication, code_system::kDrug);
  const Json& quantity = request["dispenseRequest"]["quantity"];
  const Decimal needed = shared::DecimalOf(quantity["value"]);
  std::vector<Lot>& lots = shelf[drug];
  Decimal on_hand = 0;
  for (const Lot& lot : lots) {
    if (lot.expires >= today) on_hand += lot.on_hand;
  }
  const auto takes = ProposeLots(lots, needed, today);
  Json lot_list = Json::Arr();
  for (const Lot& lot : lots) {
    if (lot.on_hand.IsZero() || lot.expires < today) continue;
    Decimal take = 0;
    for (const Take& proposal : takes) {
      if (proposal.lot == &lot) take = proposal.quantity;
    }
    lot_list.Push(Json::Obj({{"lotId", lot.id()},
                             {"lot", lot.lot_number},
                             {"expires", lot.expires.ToIso()},
                             {"onHand", lot.on_hand},
                             {"take", take}}));
  }
  // What one patient is promised is not there for the next in the list.
  for (const Take& take : takes) {
    for (Lot& lot : lots) {
      if (&lot == take.lot) lot.on_hand -= take.quantity;
    }
  }
  return Json::Obj({{"requestId", request.id()},
                    {"drug", drug},
                    {"name", medication["text"]},
                    {"quantity", needed},
                    {"unit", quantity["unit"]},
                    {"dose", request.body.At("dosageInstruction.0.text")},
                    {"payer", shared::ExtensionText(request.body, ext::kPayer)},
                    {"onHand", on_hand},
                    {"lots", std::move(lot_list)},
                    {"dispensed", request["status"].String() == "completed"}});
}

}  // namespace

Json ToJson(const Lot& lot) {
  return Json::Obj({{"lotId", lot.id()},
                    {"drug", lot.drug},
                    {"name", lot.name},
                    {"unit", lot.unit},
                    {"lot", lot.lot_number},
                    {"expires", lot.expires.ToIso()},
                    {"onHand", lot.on_hand}});
}

base::Result<Json> Worklist(shared::Context& context) {
  const base::Date today = context.clock.Today();
  // A prescription is valid five days (TT 26/2025); older ones are no longer handed out.
  const std::string since = base::LocalMidnight(today.AddDays(-4)).ToUtc();
  TRY_ASSIGN(const auto page,
             context.record.Search("MedicationRequest?status=active&authoredon=ge" + since +
                                   "&_sort=authoredon&_count=1000&_include=MedicationRequest:encounter"
                                   "&_include=MedicationRequest:patient" +
                                   std::string(shared::kPersonIncludes)));
  const auto people = shared::PeopleAmong(page.included, today);
  std::map<std::string, const Record*> related;
  for (const Record& record : page.included) related[record.Reference()] = &record;
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Record*>> by_visit;
  for (const Record& request : page.matches) {
    const std::string encounter = shared::ReferenceOf(request["encounter"]);
    if (by_visit[encounter].empty()) order.push_back(encounter);
    by_visit[encounter].push_back(&request);
  }
  TRY_ASSIGN(LotsByDrug shelf, ReadShelf(context));
  Json items = Json::Arr();
  for (const std::string& encounter : order) {
    const auto& requests = by_visit[encounter];
    const auto visit = related.find(encounter);
    const auto patient = people.find(shared::PatientIdOf(requests.front()->body));
    if (visit == related.end() || patient == people.end()) continue;
    if ((*visit->second)["status"].String() == "cancelled") continue;
    Json lines = Json::Arr();
    for (const Record* request : requests) lines.Push(LineJson(*request, shelf, today));
    const Record& first = *requests.front();
    items.Push(Json::Obj(
        {{"visitId", visit->second->id()},
         {"code", first.body.At("groupIdentifier.value")},
         {"patient", shared::ToJson(patient->second)},
         {"ticket", shared::ExtensionText(visit->second->body, ext::kTicket)},
         {"stage", shared::ExtensionText(visit->second->body, ext::kStage)},
         {"signedAt", first["authoredOn"]},
         {"doctor", first["requester"]["display"]},
         {"status", (*visit->second)["status"].String() == "finished" ? "ready" : "with-doctor"},
         {"lines", std::move(lines)}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

base::Result<Json> StockList(const std::string& text, bool only_warnings,
                             shared::Context& context) {
  const base::Date today = context.clock.Today();
  TRY_ASSIGN(const LotsByDrug shelf, ReadShelf(context));
  TRY_ASSIGN(const auto dispensed,
             context.record.SearchAll("MedicationDispense?whenhandedover=ge" +
                                          base::LocalMidnight(today.AddDays(-30)).ToUtc(),
                                      20'000));
  std::map<std::string, Decimal> used;
  for (const Record& dispense : dispensed) {
    used[shared::CodeIn(dispense["medicationCodeableConcept"], code_system::kDrug)] +=
        shared::DecimalOf(dispense.body.At("quantity.value"));
  }
  const std::string wanted = base::Fold(text);
  Json items = Json::Arr();
  for (const auto& [drug, lots] : shelf) {
    const std::string folded = base::Fold(lots.front().name);
    bool matches = true;
    for (std::string_view word : base::Split(wanted, ' ')) {
      matches = matches && folded.find(word) != std::string::npos;
    }
    const auto warnings = WarningsFor(lots, used[drug], today);
    if (!matches || (only_warnings && warnings.empty())) continue;
    Json warning_list = Json::Arr();
    for (StockWarning warning : warnings) warning_list.Push(Name(warning));
    Json lot_list = Json::Arr();
    Decimal on_hand = 0;
    for (const Lot& lot : lots) {
      if (lot.on_hand.IsZero()) continue;
      on_hand += lot.on_hand;
      lot_list.Push(ToJson(lot));
    }
    items.Push(Json::Obj({{"drug", drug},
                          {"name", lots.front().name},
                          {"unit", lots.front().unit},
                          {"onHand", on_hand},
                          {"usedIn30Days", used[drug]},
                          {"lots", std::move(lot_list)},
                          {"warnings", std::move(warning_list)}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

}  // namespace care::pharmacy
