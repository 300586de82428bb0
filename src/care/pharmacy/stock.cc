#include "care/pharmacy/stock.h"

#include <algorithm>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::pharmacy {

using access_control::Change;
using access_control::Record;
using base::Date;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

constexpr size_t kMovementsKept = 20;  // the rest is in the resource's history

std::string LotKey(const ReceiveInput& input) {
  return input.drug + "/" + input.lot_number + "/" + input.expires.ToIso();
}

base::Status CheckReceipt(const ReceiveInput& input, const shared::Drug* drug, Date today) {
  if (drug == nullptr) return base::Invalid("Không có thuốc này trong danh mục.", "drug");
  if (input.lot_number.empty()) return base::Invalid("Chưa nhập số lô.", "lot");
  if (input.expires < today) {
    return base::Unprocessable("Lô này đã hết hạn, không nhập kho.", "expires");
  }
  if (input.quantity <= Decimal(0) || input.quantity > Decimal(1'000'000)) {
    return base::Invalid("Số lượng nhập phải lớn hơn 0 và không quá 1.000.000.", "quantity");
  }
  if (input.unit_cost.IsNegative() || input.unit_cost > Decimal(100'000'000)) {
    return base::Invalid("Đơn giá không hợp lệ.", "unitCost");
  }
  return base::Ok();
}

}  // namespace

Lot LotOf(const Record& medication) {
  Lot lot;
  lot.medication = medication;
  lot.drug = shared::CodeIn(medication["code"], code_system::kDrug);
  lot.name = medication["code"]["text"].String();
  lot.unit = shared::ExtensionText(medication.body, ext::kUnit);
  lot.lot_number = medication["batch"]["lotNumber"].String();
  if (const auto date = shared::DateOf(medication["batch"]["expirationDate"].String())) {
    lot.expires = *date;
  }
  lot.on_hand = shared::ExtensionDecimal(medication.body, ext::kOnHand);
  return lot;
}

base::Result<std::vector<Lot>> ReadLots(access_control::RecordScope& record,
                                        const std::string& drug) {
  std::string query = "Medication?status=active";
  if (!drug.empty()) query += "&code=" + std::string(code_system::kDrug) + "|" + drug;
  TRY_ASSIGN(const auto medications, record.SearchAll(query, 5000));
  std::vector<Lot> lots;
  for (const Record& medication : medications) lots.push_back(LotOf(medication));
  std::stable_sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) {
    return std::tie(a.expires, a.lot_number) < std::tie(b.expires, b.lot_number);
  });
  return lots;
}

std::vector<Take> ProposeLots(const std::vector<Lot>& lots, Decimal quantity, Date today) {
  std::vector<Take> takes;
  for (const Lot& lot : lots) {
    if (quantity <= Decimal(0)) break;
    if (lot.expires < today || lot.on_hand <= Decimal(0)) continue;
    const Decimal taken = std::min(quantity, lot.on_hand);
    takes.push_back({&lot, taken});
    quantity -= taken;
  }
  return takes;
}

base::Status Move(Lot& lot, const Decimal& delta, const std::string& why,
                  shared::Context& context) {
  const Decimal after = lot.on_hand + delta;
  if (after.IsNegative()) {
    return base::Conflict("Lô " + lot.lot_number + " chỉ còn " + lot.on_hand.ToString() + " " +
                          lot.unit + ".");
  }
  lot.on_hand = after;
  Json& body = lot.medication.body;
  shared::SetExtension(body, ext::kOnHand, "valueDecimal", Json(after));
  Json movement = Json::Obj({{"url", ext::kMovement},
                             {"valueString", context.clock.Now().ToLocal() + " " + delta.ToString() +
                                                 " " + why}});
  auto& extensions = body.Slot("extension").MutableItems();
  extensions.push_back(std::move(movement));
  size_t kept = 0;
  for (auto it = extensions.rbegin(); it != extensions.rend();) {
    const bool is_movement = (*it)["url"].String() == ext::kMovement;
    if (is_movement && ++kept > kMovementsKept) {
      it = std::make_reverse_iterator(extensions.erase(std::next(it).base()));
    } else {
      ++it;
    }
  }
  return base::Ok();
}

base::Result<Lot> ReceiveStock(const ReceiveInput& input, shared::Context& context) {
  const Date today = context.clock.Today();
  const shared::Drug* drug = context.catalogue.drugs.Find(input.drug, today);
  TRY(CheckReceipt(input, drug, today));
  return access_control::RetryOnConflict([&]() -> base::Result<Lot> {
    Change change = context.record.NewChange();
    const std::string key = LotKey(input);
    TRY_ASSIGN(const auto known, context.record.SearchAll("Medication?identifier=" +
                                                              std::string(sid::kLot) + "|" + key,
                                                          2));
    std::string reference;
    if (known.empty()) {
      Json body = Json::Obj({{"resourceType", "Medication"}, {"status", "active"}});
      shared::SetIdentifier(body, sid::kLot, key);
      Json code = shared::Concept(code_system::kDrug, input.drug);
      code.Set("text", drug->active_substance + " " + drug->strength + (drug->brand.empty() ? "" : " (" + drug->brand + ")"));
      body.Set("code", std::move(code));
      body.Set("batch", Json::Obj({{"lotNumber", input.lot_number},
                                   {"expirationDate", input.expires.ToIso()}}));
      shared::SetExtension(body, ext::kUnit, "valueString", drug->unit);
      shared::SetExtension(body, ext::kUnitCost, "valueDecimal", Json(input.unit_cost));
      Lot lot = LotOf(Record{std::move(body), 0});
      TRY(Move(lot, input.quantity, "nhập", context));
      change.RequireNoMatch("Medication?identifier=" + std::string(sid::kLot) + "|" + key);
      reference = change.Create(std::move(lot.medication.body));
    } else {
      Lot lot = LotOf(known.front());
      TRY(Move(lot, input.quantity, "nhập", context));
      reference = lot.medication.Reference();
      change.Update(std::move(lot.medication));
    }
    TRY(context.record.Commit(std::move(change)));
    TRY_ASSIGN(const Record stored, context.record.ReadReference(reference));
    return LotOf(stored);
  });
}

base::Result<Lot> AdjustStock(const std::string& lot_id, const Decimal& counted,
                              const std::string& reason, shared::Context& context) {
  if (counted.IsNegative() || counted > Decimal(1'000'000)) {
    return base::Invalid("Số lượng kiểm kê không hợp lệ.", "quantity");
  }
  return access_control::RetryOnConflict([&]() -> base::Result<Lot> {
    TRY_ASSIGN(const Record medication, context.record.Read("Medication", lot_id));
    Lot lot = LotOf(medication);
    Change change = context.record.NewChange();
    TRY(Move(lot, counted - lot.on_hand, "kiểm kê: " + reason, context));
    change.Update(lot.medication);
    TRY(context.record.Commit(std::move(change)));
    return lot;
  });
}

std::string_view Name(StockWarning warning) {
  switch (warning) {
    case StockWarning::kExpired: return "expired";
    case StockWarning::kExpiring: return "expiring";
    case StockWarning::kLow: return "low";
  }
  return "low";
}

std::vector<StockWarning> WarningsFor(const std::vector<Lot>& lots,
                                      const Decimal& used_in_30_days, Date today) {
  std::vector<StockWarning> warnings;
  Decimal usable = 0;
  bool expired = false;
  bool expiring = false;
  for (const Lot& lot : lots) {
    if (lot.on_hand.IsZero()) continue;
    if (lot.expires < today) {
      expired = true;
    } else {
      usable += lot.on_hand;
      expiring = expiring || lot.expires < today.AddDays(90);
    }
  }
  if (expired) warnings.push_back(StockWarning::kExpired);
  if (expiring) warnings.push_back(StockWarning::kExpiring);
  if (usable.IsZero() || usable < used_in_30_days.MulDiv(7, 30, 3)) {
    warnings.push_back(StockWarning::kLow);
  }
  return warnings;
}

}  // namespace care::pharmacy
