#include "exchange/spreadsheet/xlsx_reader.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/decimal.h"
#include "base/limits.h"
#include "base/text.h"
#include "exchange/spreadsheet/xml_events.h"
#include "exchange/spreadsheet/zip_archive.h"

namespace exchange::spreadsheet {
namespace {

// Differs: the limits contract allows 20 MiB decompressed. The official ICD-10 list is one sheet of
// 460,000 cells, over that as XML; sheets are streamed, and only an administrator imports them.
constexpr size_t kMaxSheetBytes = 128UL << 20;
constexpr size_t kMaxGridBytes = 64UL << 20;  // all cells of a workbook together
constexpr size_t kMaxSheets = 64;

base::Error TooLarge() {
  return {base::ErrorCode::kTooLarge,
          "Bảng tính quá lớn (quá nhiều dòng, cột hoặc một ô quá dài)."};
}

base::Status ReadPart(const ZipArchive& archive, std::string_view name, size_t max_bytes,
                      XmlListener& listener) {
  XmlStream stream(listener);
  TRY(archive.Read(name, max_bytes, [&](std::string_view piece) { return stream.Feed(piece); }));
  return stream.Finish();
}

// xl/workbook.xml: sheet names and relation ids in order; xl/_rels/workbook.xml.rels: id -> part.
class WorkbookListener final : public XmlListener {
 public:
  struct SheetRef {
    std::string name;
    std::string relation;
  };
  base::Status OnStart(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "sheet") {
      if (sheets.size() >= kMaxSheets) return TooLarge();
      // r:id is the relation; sheetId is a number of its own.
      sheets.push_back(
          {std::string(Attribute(attributes, "name")), std::string(Attribute(attributes, "id"))});
    }
    return base::Ok();
  }
  base::Status OnEnd(std::string_view) override { return base::Ok(); }
  base::Status OnText(std::string_view) override { return base::Ok(); }

  std::vector<SheetRef> sheets;
};

class RelationsListener final : public XmlListener {
 public:
  base::Status OnStart(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "Relationship" && targets.size() < kMaxSheets * 4) {
      targets.emplace_back(Attribute(attributes, "Id"), Attribute(attributes, "Target"));
    }
    return base::Ok();
  }
  base::Status OnEnd(std::string_view) override { return base::Ok(); }
  base::Status OnText(std::string_view) override { return base::Ok(); }

  // "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml" -> the name inside the archive.
  std::string PartOf(std::string_view relation) const {
    for (const auto& [id, target] : targets) {
      if (id == relation) return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return {};
  }

  std::vector<std::pair<std::string, std::string>> targets;
};

// xl/sharedStrings.xml: one string per <si>; phonetic guides (<rPh>) are not part of the text.
class StringsListener final : public XmlListener {
 public:
  base::Status OnStart(std::string_view name, const XmlAttributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") in_phonetic_ = true;
    if (name == "t") in_text_ = true;
    return base::Ok();
  }
  base::Status OnEnd(std::string_view name) override {
    if (name == "rPh") in_phonetic_ = false;
    if (name == "t") in_text_ = false;
    return base::Ok();
  }
  base::Status OnText(std::string_view text) override {
    if (!in_text_ || in_phonetic_ || strings.empty()) return base::Ok();
    strings.back() += text;
    total_ += text.size();
    return strings.back().size() > kMaxCellBytes || total_ > kMaxGridBytes ? TooLarge()
                                                                           : base::Status();
  }

  std::vector<std::string> strings;

 private:
  bool in_text_ = false;
  bool in_phonetic_ = false;
  size_t total_ = 0;
};

// "AB12" -> 27; npos when there are no letters or too many columns.
size_t ColumnOf(std::string_view reference) {
  size_t column = 0;
  for (char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<size_t>(c - 'A' + 1);
    if (column > kMaxGridColumns) return std::string_view::npos;
  }
  return column == 0 ? std::string_view::npos : column - 1;
}

// Excel stores the nearest double ("1250.4999999999998") and shows 15 digits; so do we.
std::string NumberText(std::string_view raw) {
  std::string text;
  if (auto exact = base::Decimal::Parse(raw); exact.ok()) {
    text = exact->ToString();
  } else {
    double value = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value) ||
        std::fabs(value) >= 1e15) {
      return std::string(raw);
    }
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::fixed, 6);
    auto rounded =
        base::Decimal::Parse({buffer.data(), static_cast<size_t>(written.ptr - buffer.data())});
    if (!rounded.ok()) return std::string(raw);
    text = rounded->ToString();
  }
  const size_t point = text.find('.');
  if (point != std::string::npos && text.size() - point == 4) text += '0';
  return text;
}

class SheetListener final : public XmlListener {
 public:
  explicit SheetListener(const std::vector<std::string>& strings) : strings_(strings) {}

  base::Status OnStart(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      int line = next_line_;
      const std::string_view given = Attribute(attributes, "r");
      std::from_chars(given.data(), given.data() + given.size(), line);
      row_ = {.line = line, .cells = {}};
      next_line_ = line < INT32_MAX ? line + 1 : line;
    } else if (name == "c") {
      const std::string_view reference = Attribute(attributes, "r");
      column_ = reference.empty() ? row_.cells.size() : ColumnOf(reference);
      if (column_ >= kMaxGridColumns) return TooLarge();
      type_ = Attribute(attributes, "t");
      value_.clear();
    } else if (name == "v" || name == "t") {
      in_value_ = true;
    } else if (name == "rPh") {
      in_phonetic_ = true;
    }
    return base::Ok();
  }

  base::Status OnEnd(std::string_view name) override {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") in_phonetic_ = false;
    if (name == "c") return EndCell();
    if (name == "row") return EndRow();
    return base::Ok();
  }

  base::Status OnText(std::string_view text) override {
    if (!in_value_ || in_phonetic_) return base::Ok();
    value_ += text;
    return value_.size() > kMaxCellBytes ? TooLarge() : base::Status();
  }

  Grid grid;

 private:
  base::Status EndCell() {
    std::string text = TextOfCell();
    if (text.empty()) return base::Ok();
    total_ += text.size();
    if (total_ > kMaxGridBytes) return TooLarge();
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(text);
    return base::Ok();
  }

  // Cell types: ECMA-376 part 1, 18.18.11 ST_CellType.
  std::string TextOfCell() const {
    if (type_ == "s") {
      size_t index = strings_.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      return index < strings_.size() ? std::string(base::Trim(strings_[index])) : std::string();
    }
    if (type_ == "e") return {};
    if (type_.empty() || type_ == "n") return NumberText(base::Trim(value_));
    return std::string(base::Trim(value_));
  }

  base::Status EndRow() {
    if (row_.cells.empty()) return base::Ok();
    if (grid.size() >= kMaxGridRows) return TooLarge();
    grid.push_back(std::move(row_));
    row_ = {};
    return base::Ok();
  }

  const std::vector<std::string>& strings_;
  GridRow row_;
  int next_line_ = 1;
  size_t column_ = 0;
  std::string type_;
  std::string value_;
  bool in_value_ = false;
  bool in_phonetic_ = false;
  size_t total_ = 0;
};

}  // namespace

bool LooksLikeXlsx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

base::Result<std::vector<Sheet>> ReadXlsx(std::string_view bytes) {
  TRY_ASSIGN(const ZipArchive archive, ZipArchive::Open(bytes));
  WorkbookListener workbook;
  TRY(ReadPart(archive, "xl/workbook.xml", base::kMaxDecompressedBytes, workbook));
  RelationsListener relations;
  TRY(ReadPart(archive, "xl/_rels/workbook.xml.rels", base::kMaxDecompressedBytes, relations));
  StringsListener strings;
  if (archive.Has("xl/sharedStrings.xml")) {
    TRY(ReadPart(archive, "xl/sharedStrings.xml", kMaxSheetBytes, strings));
  }
  std::vector<Sheet> sheets;
  for (const auto& reference : workbook.sheets) {
    const std::string part = relations.PartOf(reference.relation);
    if (!archive.Has(part)) continue;  // a chart or dialog sheet
    SheetListener listener(strings.strings);
    TRY(ReadPart(archive, part, kMaxSheetBytes, listener));
    if (!listener.grid.empty()) sheets.push_back({reference.name, std::move(listener.grid)});
  }
  if (sheets.empty()) return base::Invalid("Tệp Excel không có dòng dữ liệu nào.");
  return sheets;
}

}  // namespace exchange::spreadsheet
