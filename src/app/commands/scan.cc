#include "app/commands/scan.h"

#include "base/json.h"
#include "exchange/scan/scan.h"

namespace app::commands {
namespace {

using base::Json;

std::string_view SexName(exchange::identity_card::Sex sex) {
  return sex == exchange::identity_card::Sex::kMale ? "male" : "female";
}

std::string DateOrEmpty(const std::optional<base::Date>& date) { return date ? date->ToIso() : ""; }

Json Texts(const std::vector<std::string>& texts) {
  Json out = Json::Arr();
  for (const auto& text : texts) out.Push(text);
  return out;
}

Json Describe(const exchange::identity_card::CitizenCard& card) {
  return Json::Obj({{"kind", "citizen_card"},
                    {"personal_number", card.personal_number},
                    {"old_id", card.old_id},
                    {"name", card.name},
                    {"birth_date", card.birth_date.ToIso()},
                    {"sex", SexName(card.sex)},
                    {"address", card.address},
                    {"issue_date", card.issue_date.ToIso()},
                    {"warnings", Texts(card.warnings)}});
}

Json Describe(const exchange::insurance::CardNumber& number) {
  return Json::Obj({{"kind", "insurance_number"},
                    {"number", number.text},
                    {"group", number.group},
                    {"level", number.level ? std::to_string(*number.level) : ""},
                    {"province", number.province}});
}

Json Describe(const exchange::insurance::CardQr& card) {
  using exchange::insurance::CardLayout;
  using exchange::insurance::CardSex;
  return Json::Obj({{"kind", "insurance_card"},
                    {"layout", card.layout == CardLayout::kNew ? "new" : "old"},
                    {"number", card.number.text},
                    {"group", card.number.group},
                    {"level", card.number.level ? std::to_string(*card.number.level) : ""},
                    {"name", card.name},
                    {"birth_date", card.birth_date},
                    {"sex", card.sex == CardSex::kMale ? "male" : "female"},
                    {"address", card.address},
                    {"registered_facility", card.registered_facility},
                    {"valid_from", DateOrEmpty(card.valid_from)},
                    {"valid_to", DateOrEmpty(card.valid_to)},
                    {"issued_on", DateOrEmpty(card.issued_on)},
                    {"issuing_code", card.issuing_code},
                    {"issuing_place", card.issuing_place},
                    {"five_years_from", DateOrEmpty(card.five_years_from)},
                    {"warnings", Texts(card.warnings)}});
}

Json Describe(const exchange::payment_qr::PaymentQr& qr) {
  using exchange::payment_qr::AccountKind;
  return Json::Obj({{"kind", "payment_qr"},
                    {"bin", qr.bin},
                    {"account", qr.account},
                    {"account_kind", qr.account_kind == AccountKind::kCard ? "card" : "account"},
                    {"amount", qr.amount ? std::to_string(*qr.amount) : ""},
                    {"currency", "VND"},
                    {"purpose", qr.purpose},
                    {"bill", qr.bill},
                    {"reference", qr.reference},
                    {"terminal", qr.terminal},
                    {"merchant_name", qr.merchant_name},
                    {"merchant_city", qr.merchant_city},
                    {"dynamic", qr.dynamic}});
}

Json Describe(const exchange::identity_card::PersonalNumber& number) {
  return Json::Obj({{"kind", "personal_number"},
                    {"personal_number", number.text},
                    {"birth_year", std::to_string(number.birth_year)},
                    {"sex", SexName(number.sex)}});
}

Json Describe(const exchange::scan::OldIdNumber& number) {
  return Json::Obj({{"kind", "old_id"}, {"old_id", number.text}});
}

std::string_view KindName(exchange::scan::CodeKind kind) {
  using exchange::scan::CodeKind;
  switch (kind) {
    case CodeKind::kBooking: return "booking";
    case CodeKind::kTicket: return "ticket";
    case CodeKind::kPatientNumber: return "patient_number";
    case CodeKind::kTemporaryId: return "temporary_id";
    case CodeKind::kPrescription: return "prescription";
    case CodeKind::kBill: return "bill";
  }
  return "";
}

Json Describe(const exchange::scan::Code& code) {
  return Json::Obj({{"kind", KindName(code.kind)}, {"code", code.text}});
}

// A name is no code: RunScan refuses it before it comes here.
Json Describe(const exchange::scan::NameText&) { return {}; }

}  // namespace

int RunScan(std::string_view text, std::ostream& out, std::ostream& err) {
  const auto scan = exchange::scan::ReadScan(text);
  if (!scan.ok()) {
    err << scan.error().message;
    if (!scan.error().field.empty()) err << " (" << scan.error().field << ")";
    err << '\n';
    return 1;
  }
  if (std::holds_alternative<exchange::scan::NameText>(*scan)) {
    err << "Đây không phải mã: hãy đưa chuỗi QR của thẻ CCCD, thẻ BHYT hoặc VietQR. (scan)\n";
    return 1;
  }
  out << std::visit([](const auto& what) { return Describe(what); }, *scan).Dump() << '\n';
  return 0;
}

}  // namespace app::commands
