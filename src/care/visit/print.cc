#include "care/visit/print.h"

#include "base/text.h"
#include "care/visit/story.h"

namespace care::visit {

using base::Json;

namespace {

std::string VietnameseDate(std::string_view iso) {
  if (iso.size() < 10) return std::string(iso);
  return std::string(iso.substr(8, 2)) + "/" + std::string(iso.substr(5, 2)) + "/" +
         std::string(iso.substr(0, 4));
}

std::string Row(std::string_view label, std::string_view value) {
  if (value.empty()) return {};
  return "<p><b>" + EscapeHtml(label) + ":</b> " + EscapeHtml(value) + "</p>";
}

std::string Heading(const std::string& title, const Json& story, shared::Context& context) {
  const Json& person = story["visit"]["patient"];
  std::string html = "<header><p>" + EscapeHtml(base::ToUpper(context.station.name)) + "</p><p>" +
                     EscapeHtml(context.station.address) + "</p></header><h1>" +
                     EscapeHtml(base::ToUpper(title)) + "</h1>";
  const std::string& gender = person["gender"].String();
  html += Row("Họ tên", person["name"].String());
  html += Row("Tuổi", person["ageText"].String());
  html += Row("Giới tính", gender == "male" ? "Nam" : gender == "female" ? "Nữ" : "");
  html += Row("Số định danh cá nhân", person["personalNumber"].String());
  html += Row("Số thẻ BHYT", person["insuranceNumber"].String());
  html += Row("Địa chỉ", person["address"].String());
  std::string diagnoses;
  for (const Json& line : story["diagnoses"].Items()) {
    diagnoses += (diagnoses.empty() ? "" : "; ") + line["code"].String() + " " + line["name"].String();
  }
  html += Row("Chẩn đoán", diagnoses);
  return html;
}

// TT 26/2025: INN (brand), strength, quantity; a quantity under 10 is written with a leading 0.
std::string PrescriptionHtml(const Json& story) {
  const Json& prescription = story["prescription"];
  std::string html = Row("Mã đơn thuốc", prescription["code"].String()) + "<ol>";
  for (const Json& line : prescription["lines"].Items()) {
    std::string quantity(line["quantity"].NumberText());
    if (quantity.size() == 1) quantity = "0" + quantity;
    html += "<li><b>" + EscapeHtml(line["name"].String()) + "</b> — " + EscapeHtml(quantity) + " " +
            EscapeHtml(line["unit"].String()) + "<br>" + EscapeHtml(line["doseText"].String()) +
            "</li>";
  }
  html += "</ol>";
  html += "<p>Đơn có giá trị mua, lĩnh thuốc trong 5 ngày kể từ ngày kê đơn.</p>";
  html += Row("Hẹn khám lại", VietnameseDate(story["revisit"]["date"].String()));
  html += "<footer><p>Ngày " + VietnameseDate(prescription["signedAt"].String()) +
          "</p><p>Bác sĩ kê đơn</p><p>" + EscapeHtml(prescription["doctor"].String()) +
          "</p></footer>";
  return html;
}

std::string SummaryHtml(const Json& story) {
  const Json& note = story["examination"];
  std::string html = Row("Lý do khám", story["visit"]["reason"].String());
  html += Row("Triệu chứng", note["symptoms"].String());
  html += Row("Tiền sử", note["history"].String());
  html += Row("Khám", note["examination"].String());
  html += Row("Điều trị", note["treatment"].String());
  if (story["results"].size() > 0) {
    html += "<table><thead><tr><th>Xét nghiệm</th><th>Kết quả</th><th>Đơn vị</th>"
            "<th>Tham chiếu</th></tr></thead><tbody>";
    for (const Json& row : story["results"].Items()) {
      html += "<tr><td>" + EscapeHtml(row["name"].String()) + "</td><td>" +
              EscapeHtml(row["value"].String()) + " " + EscapeHtml(row["flag"].String()) +
              "</td><td>" + EscapeHtml(row["unit"].String()) + "</td><td>" +
              EscapeHtml(row["range"].String()) + "</td></tr>";
    }
    html += "</tbody></table>";
  }
  for (const Json& line : story["prescription"]["lines"].Items()) {
    html += Row(line["name"].String(), line["doseText"].String());
  }
  html += Row("Hẹn khám lại", VietnameseDate(story["revisit"]["date"].String()));
  return html + "<footer><p>Bác sĩ khám</p><p>" + EscapeHtml(story["visit"]["doctor"].String()) +
         "</p></footer>";
}

std::string OrdersHtml(const Json& story) {
  std::string html = "<ol>";
  for (const Json& order : story["orders"].Items()) {
    html += "<li>" + EscapeHtml(order["name"].String()) + "</li>";
  }
  return html + "</ol><footer><p>Bác sĩ chỉ định</p><p>" +
         EscapeHtml(story["visit"]["doctor"].String()) + "</p></footer>";
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n': out += "<br>"; break;
      default: out += c;
    }
  }
  return out;
}

base::Result<Json> PrintPaper(const std::string& encounter_id, const std::string& what,
                              shared::Context& context) {
  TRY_ASSIGN(const Json story, ReadStory(encounter_id, context));
  std::string title;
  std::string content;
  if (what == "prescription") {
    if (story["prescription"].IsNull()) return base::NotFound("Lượt khám này chưa có đơn thuốc.");
    title = "Đơn thuốc";
    content = PrescriptionHtml(story);
  } else if (what == "summary") {
    title = "Phiếu khám bệnh";
    content = SummaryHtml(story);
  } else if (what == "orders") {
    title = "Phiếu chỉ định";
    content = OrdersHtml(story);
  } else {
    return base::NotFound("Không có mẫu giấy này.", "what");
  }
  return Json::Obj({{"title", title}, {"html", Heading(title, story, context) + content}});
}

}  // namespace care::visit
