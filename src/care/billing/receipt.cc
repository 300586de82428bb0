#include "base/text.h"
#include "care/billing/bill_view.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::billing {

using access_control::Record;
using base::Json;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

// 1234567 -> "1.234.567 ₫".
std::string MoneyText(const Json& number) {
  std::string digits = shared::DecimalOf(number).Round(0).ToString();
  for (int at = static_cast<int>(digits.size()) - 3; at > 0 && digits[static_cast<size_t>(at) - 1] != '-'; at -= 3) {
    digits.insert(static_cast<size_t>(at), ".");
  }
  return digits + " ₫";
}

std::string Safe(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

}  // namespace

base::Result<Json> ReadReceipt(const std::string& invoice_id, shared::Context& context) {
  TRY_ASSIGN(const Record invoice, context.record.Read("Invoice", invoice_id));
  TRY_ASSIGN(const auto notices,
             context.record.SearchAll("PaymentNotice?request=" + invoice.Reference(), 5));
  if (notices.empty()) return base::NotFound("Phiếu thu này chưa có biên lai: chưa thu tiền.");
  const std::string encounter =
      shared::ReferenceId(shared::ReferenceOf(shared::ExtensionValue(invoice.body, ext::kEncounter)));
  TRY_ASSIGN(const Json bill, ReadBill(encounter, context));
  TRY_ASSIGN(const Record patient,
             context.record.ReadReference(shared::ReferenceOf(invoice["subject"])));
  const std::string number = shared::IdentifierValue(notices.front().body, sid::kReceipt);
  const std::string method =
      shared::ExtensionText(notices.front().body, ext::kMethod) == "cash" ? "Tiền mặt" : "Chuyển khoản";
  const auto at = shared::MomentOf(notices.front()["created"]);
  const base::Date day = at ? at->LocalDate() : context.clock.Today();
  std::string html = "<header><p>" + Safe(base::ToUpper(context.station.name)) +
                     "</p></header><h1>BIÊN LAI THU TIỀN</h1><p>Số: " + Safe(number) +
                     "</p><p><b>Họ tên:</b> " + Safe(shared::NameOf(patient.body)) + "</p><table><tbody>";
  for (const Json& line : bill["lines"].Items()) {
    const base::Decimal pays = shared::DecimalOf(line["copay"]) + shared::DecimalOf(line["selfPay"]);
    if (pays.IsZero()) continue;
    html += "<tr><td>" + Safe(line["name"].String()) + "</td><td>" +
            Safe(line["quantity"].NumberText()) + "</td><td>" + MoneyText(Json(pays)) + "</td></tr>";
  }
  html += "</tbody></table><p><b>Đã thu:</b> " + MoneyText(bill["totals"]["owes"]) + " (" + method +
          ")</p><footer><p>Ngày " + std::to_string(day.day) + "/" + std::to_string(day.month) + "/" +
          std::to_string(day.year) + "</p><p>Người thu tiền</p></footer>";
  return Json::Obj({{"title", "Biên lai thu tiền"}, {"number", number}, {"html", html}});
}

}  // namespace care::billing
