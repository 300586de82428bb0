#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/text.h"
#include "exchange/insurance/claim_xml.h"
#include "exchange/xml/xml.h"

namespace exchange::insurance {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

void AppendElement(std::string& out, std::string_view name, std::string_view text) {
  out += "<" + std::string(name) + ">";
  xml::AppendEscaped(out, text);
  out += "</" + std::string(name) + ">";
}

base::Status AppendFields(std::string& out, const Row& row) {
  for (const Field& field : row.table().fields) {
    const std::string& value = row.Get(field.name);
    if (!xml::CanCarry(value)) {
      return base::Invalid(
          "Trường " + std::string(field.name) +
              " có ký tự không ghi được vào XML. Hãy sửa nội dung rồi lập lại hồ sơ.",
          std::string(row.table().name) + "." + std::string(field.name));
    }
    out += "<" + std::string(field.name) + ">";
    if (field.free_text && !value.empty()) {
      xml::AppendCdata(out, value);
    } else {
      xml::AppendEscaped(out, value);
    }
    out += "</" + std::string(field.name) + ">";
  }
  return base::Ok();
}

// "Import order: XML1 first" (vietnam.md §3.1); the check-in table XML0 is no basis for payment
// and comes last when it travels with the others.
int ImportOrder(const Part& part) {
  const std::string_view digits = part.table->name.substr(3);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number == 0 ? 1000 : number;
}

base::Status AppendDossier(std::string& out, const Dossier& dossier) {
  std::vector<const Part*> parts;
  for (const Part& part : dossier.parts) {
    if (!part.rows.empty()) parts.push_back(&part);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part* left, const Part* right) {
    return ImportOrder(*left) < ImportOrder(*right);
  });
  out += "<HOSO>\n";
  for (const Part* part : parts) {
    TRY_ASSIGN(const std::string content, WriteTable(*part->table, part->rows));
    out += "<FILEHOSO>";
    AppendElement(out, "LOAIHOSO", part->table->name);
    AppendElement(out, "NOIDUNGFILE", base::ToBase64(content));
    out += "</FILEHOSO>\n";
  }
  out += "</HOSO>\n";
  return base::Ok();
}

}  // namespace

base::Result<std::string> WriteTable(const Table& table, const std::vector<Row>& rows) {
  if (!table.IsRepeated() && rows.size() != 1) {
    return base::Invalid("Bảng " + std::string(table.name) + " phải có đúng một dòng.",
                         std::string(table.name));
  }
  std::string out(kDeclaration);
  out += "<" + std::string(table.root) + ">";
  if (table.IsRepeated()) out += "<" + std::string(table.list) + ">";
  for (const Row& row : rows) {
    if (table.IsRepeated()) out += "\n<" + std::string(table.row) + ">";
    TRY(AppendFields(out, row));
    if (table.IsRepeated()) out += "</" + std::string(table.row) + ">";
  }
  if (table.IsRepeated()) out += "</" + std::string(table.list) + ">";
  out += "</" + std::string(table.root) + ">";
  return out;
}

// vietnam.md §3.1 [working software].
base::Result<std::string> WriteClaimFile(const ClaimFile& file) {
  if (!xml::CanCarry(file.facility) || !xml::CanCarry(file.created_on))
    return base::Invalid("Mã cơ sở hoặc ngày lập không hợp lệ.", "MACSKCB");
  std::string out(kDeclaration);
  out +=
      "<GIAMDINHHS xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<THONGTINDONVI>";
  AppendElement(out, "MACSKCB", file.facility);
  out += "</THONGTINDONVI>\n<THONGTINHOSO>\n";
  AppendElement(out, "NGAYLAP", file.created_on);
  AppendElement(out, "SOLUONGHOSO", std::to_string(file.dossiers.size()));
  out += "\n<DANHSACHHOSO>\n";
  for (const Dossier& dossier : file.dossiers) TRY(AppendDossier(out, dossier));
  out += "</DANHSACHHOSO>\n</THONGTINHOSO>\n<CHUKYDONVI/>\n</GIAMDINHHS>\n";
  return out;
}

std::string ClaimMoment(base::Instant instant) {
  const int minute = instant.LocalMinuteOfDay();
  char text[8];
  std::snprintf(text, sizeof text, "%02d%02d", minute / 60 % 24, minute % 60);
  return ClaimDate(instant.LocalDate()) + text;
}

std::string ClaimDate(base::Date date) {
  std::string iso = date.ToIso();
  std::erase(iso, '-');
  return iso;
}

std::string ClaimQuantity(const base::Decimal& value) { return value.Round(3).ToString(); }
std::string ClaimMoney(const base::Decimal& value) { return value.Round(2).ToString(); }

}  // namespace exchange::insurance
