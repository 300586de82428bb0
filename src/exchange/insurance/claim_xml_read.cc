#include "base/text.h"
#include "exchange/insurance/claim_xml.h"
#include "exchange/xml/xml.h"

namespace exchange::insurance {
namespace {

// A month of a busy station is a few MB; one dossier a few hundred KB.
constexpr xml::Limits kEnvelopeLimits{.max_bytes = 20UL << 20, .max_elements = 200'000};
constexpr xml::Limits kPartLimits{.max_bytes = 10UL << 20, .max_elements = 500'000};
constexpr size_t kMaxDossiers = 10'000;

base::Error Unreadable(std::string_view what, std::string_view field) {
  return base::Invalid("Không đọc được hồ sơ: " + std::string(what), std::string(field));
}

base::Result<Row> ReadRow(const Table& table, const xml::Element& element) {
  Row row(table);
  for (const xml::Element& child : element.children) {
    const std::string where = std::string(table.name) + "." + child.name;
    if (!child.children.empty()) return Unreadable("trường có phần tử con.", where);
    if (table.IndexOf(child.name) < 0) {
      row.unknown.push_back(child.name);
      continue;
    }
    if (row.Has(child.name)) return Unreadable("trường bị lặp.", where);
    row.Set(child.name, std::string(base::Trim(child.text)));
  }
  return row;
}

base::Result<Part> ReadPart(const Table& table, const xml::Element& root) {
  Part part{&table, {}};
  if (root.name != table.root) {
    return Unreadable("phần tử gốc phải là " + std::string(table.root) + ".", table.name);
  }
  if (!table.IsRepeated()) {
    TRY_ASSIGN(Row row, ReadRow(table, root));
    part.rows.push_back(std::move(row));
    return part;
  }
  for (const xml::Element& list : root.children) {
    if (list.name != table.list) return Unreadable("danh sách sai tên.", table.name);
    for (const xml::Element& element : list.children) {
      if (element.name != table.row) return Unreadable("dòng sai tên.", table.name);
      TRY_ASSIGN(Row row, ReadRow(table, element));
      part.rows.push_back(std::move(row));
    }
  }
  return part;
}

base::Result<std::string> DecodeBase64(std::string_view text, std::string_view part) {
  std::string compact;
  compact.reserve(text.size());
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') compact += c;
  }
  auto bytes = base::FromBase64(compact);
  if (!bytes) return Unreadable("NOIDUNGFILE không phải base64.", part);
  return *std::move(bytes);
}

bool IsIgnored(std::string_view name) {
  return name == "XML16" || name == "XML17" || name == "XML18";
}

base::Status ReadFile(const xml::Element& file, Dossier& dossier) {
  const std::string name(file.ChildText("LOAIHOSO"));
  if (IsIgnored(name)) {
    dossier.ignored.push_back(name);
    return base::Ok();
  }
  const Table* table = FindTable(name);
  if (table == nullptr) return Unreadable("LOAIHOSO không có trong quy định.", "LOAIHOSO");
  if (dossier.Find(name) != nullptr) return Unreadable("bảng bị lặp.", name);
  TRY_ASSIGN(const std::string content, DecodeBase64(file.ChildText("NOIDUNGFILE"), name));
  auto root = xml::Parse(content, kPartLimits);
  if (!root.ok()) {
    base::Error error = std::move(root).error();
    error.field = name;
    return error;
  }
  TRY_ASSIGN(Part part, ReadPart(*table, *root));
  dossier.parts.push_back(std::move(part));
  return base::Ok();
}

}  // namespace

base::Result<ClaimFile> ReadClaimFile(std::string_view bytes) {
  TRY_ASSIGN(const xml::Element root, xml::Parse(bytes, kEnvelopeLimits));
  if (root.name != "GIAMDINHHS") return Unreadable("phần tử gốc phải là GIAMDINHHS.", "GIAMDINHHS");
  ClaimFile file;
  file.has_byte_order_mark = bytes.starts_with("\xEF\xBB\xBF");
  const xml::Element* unit = root.Child("THONGTINDONVI");
  const xml::Element* content = root.Child("THONGTINHOSO");
  if (unit == nullptr) return Unreadable("thiếu THONGTINDONVI.", "THONGTINDONVI");
  if (content == nullptr) return Unreadable("thiếu THONGTINHOSO.", "THONGTINHOSO");
  file.facility = unit->ChildText("MACSKCB");
  file.created_on = content->ChildText("NGAYLAP");
  file.dossier_count = content->ChildText("SOLUONGHOSO");
  if (const xml::Element* signature = root.Child("CHUKYDONVI")) {
    file.is_signed = !signature->children.empty() || !base::Trim(signature->text).empty();
  }
  const xml::Element* list = content->Child("DANHSACHHOSO");
  if (list == nullptr) return Unreadable("thiếu DANHSACHHOSO.", "DANHSACHHOSO");
  if (list->children.size() > kMaxDossiers) {
    return base::Error{base::ErrorCode::kTooLarge, "Tệp có quá nhiều hồ sơ.", "DANHSACHHOSO", {}};
  }
  for (const xml::Element& element : list->children) {
    if (element.name != "HOSO")
      return Unreadable("trong DANHSACHHOSO chỉ được có HOSO.", "DANHSACHHOSO");
    Dossier dossier;
    for (const xml::Element& part : element.children) {
      if (part.name != "FILEHOSO") return Unreadable("trong HOSO chỉ được có FILEHOSO.", "HOSO");
      TRY(ReadFile(part, dossier));
    }
    file.dossiers.push_back(std::move(dossier));
  }
  return file;
}

}  // namespace exchange::insurance
