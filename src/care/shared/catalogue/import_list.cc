#include "care/shared/catalogue/import_list.h"

#include <set>

#include "base/text.h"
#include "care/shared/catalogue/cell.h"
#include "care/shared/catalogue/headings.h"
#include "exchange/spreadsheet/csv_reader.h"
#include "exchange/spreadsheet/xlsx_reader.h"

namespace care::shared {
namespace {

using exchange::spreadsheet::LooksLikeXlsx;
using exchange::spreadsheet::ReadCsv;
using exchange::spreadsheet::ReadXlsx;
using exchange::spreadsheet::Sheet;

constexpr size_t kHeadingSearchRows = 40;
constexpr size_t kNone = std::string_view::npos;

// Where each schema column stands in the file.
struct HeadingRow {
  size_t index = 0;               // in the grid
  std::vector<size_t> positions;  // schema column -> file column, or kNone
  std::vector<std::string> unused;
  size_t found = 0;
  std::vector<std::string_view> missing;  // required ones
};

// Required in the Table, yet filled in by Derive when the file lacks the column.
bool IsDerived(ListKind kind, const Column& column) {
  return column.name == "valid_from" || (kind == ListKind::kDrugs && column.name == "code") ||
         (kind == ListKind::kServices && column.name == "price_self_pay");
}

HeadingRow ReadHeadings(ListKind kind, const Grid& grid, size_t index) {
  const auto columns = Columns(kind);
  HeadingRow row{.index = index, .positions = std::vector<size_t>(columns.size(), kNone)};
  const auto& cells = grid[index].cells;
  for (size_t at = 0; at < cells.size(); ++at) {
    const auto name = ColumnForHeading(kind, cells[at]);
    bool used = false;
    for (size_t i = 0; name && i < columns.size(); ++i) {
      if (columns[i].name != *name || row.positions[i] != kNone) continue;
      row.positions[i] = at;
      ++row.found;
      used = true;
    }
    if (!used && !cells[at].empty()) row.unused.push_back(cells[at]);
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool needed = columns[i].required && !IsDerived(kind, columns[i]);
    if (row.positions[i] == kNone && needed) row.missing.push_back(columns[i].name);
  }
  return row;
}

// Complete rows first, then the most columns.
HeadingRow FindHeadings(ListKind kind, const Grid& grid) {
  HeadingRow best;
  bool have = false;
  for (size_t i = 0; i < std::min(grid.size(), kHeadingSearchRows); ++i) {
    HeadingRow row = ReadHeadings(kind, grid, i);
    const bool better = !have || row.missing.size() < best.missing.size() ||
                        (row.missing.size() == best.missing.size() && row.found > best.found);
    if (better) best = std::move(row);
    have = true;
    if (best.found == Columns(kind).size()) break;
  }
  return best;
}

// ICD codes are printed with the dagger and asterisk of the dual classification and in any case.
std::string NormalizeIcdCode(std::string_view code) {
  std::string out;
  for (char c : code) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.';
    if (kept) out += c;
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 32);
  }
  return out;
}

// A letter and two digits, then optionally a point and one or two digits.
bool IsIcdCode(std::string_view code) {
  const auto digit = [&](size_t i) { return i < code.size() && code[i] >= '0' && code[i] <= '9'; };
  if (code.size() < 3 || code.size() > 6 || code[0] < 'A' || code[0] > 'Z') return false;
  if (!digit(1) || !digit(2)) return false;
  if (code.size() == 3) return true;
  return code[3] == '.' && digit(4) && (code.size() == 5 || digit(5));
}

// "", "3" or "(3)".
bool IsColumnNumber(std::string_view text) {
  text = base::Trim(text);
  if (text.starts_with('(') && text.ends_with(')') && text.size() >= 2)
    text = text.substr(1, text.size() - 2);
  return text.empty() || (base::IsDigits(text) && text.size() <= 2);
}

class Importer {
 public:
  Importer(ListKind kind, const Grid& grid, HeadingRow headings, base::Date from)
      : kind_(kind), grid_(grid), headings_(std::move(headings)), from_(from.ToIso()) {}

  ImportedList Run() {
    for (const Column& column : Columns(kind_)) {
      columns_.push_back(column);
      imported_.table.columns.emplace_back(column.name);
    }
    imported_.report.unused_headings = headings_.unused;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (headings_.positions[i] == kNone)
        imported_.report.absent_columns.emplace_back(columns_[i].name);
    }
    for (size_t i = headings_.index + 1; i < grid_.size(); ++i) ReadRow(grid_[i]);
    imported_.report.rows_kept = static_cast<int>(imported_.table.rows.size());
    return std::move(imported_);
  }

 private:
  std::string HeadingOf(size_t column) const {
    const size_t at = headings_.positions[column];
    return at == kNone ? std::string(columns_[column].name) : grid_[headings_.index].cells[at];
  }

  void Note(const GridRow& row, std::string column, std::string problem, bool skipped) {
    imported_.report.issues.push_back({row.line, std::move(column), std::move(problem), skipped});
  }

  std::string_view Raw(const GridRow& row, size_t column) const {
    const size_t at = headings_.positions[column];
    return at < row.cells.size() ? std::string_view(row.cells[at]) : std::string_view();
  }

  // Lines that number the columns or name a chapter have no name of their own; they are no data.
  bool IsDecoration(const GridRow& row) const {
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].role == ColumnRole::kDisplay) return IsColumnNumber(Raw(row, i));
    }
    return false;
  }

  void ReadRow(const GridRow& row) {
    GridRow out{.line = row.line, .cells = {}};
    if (IsDecoration(row)) {
      NoteIfItHasACode(row);
      return;
    }
    ++imported_.report.rows_read;
    for (size_t i = 0; i < columns_.size(); ++i) {
      auto cell = NormalizeCell(columns_[i].type, Raw(row, i));
      if (!cell.ok()) {
        Note(row, HeadingOf(i), cell.error().message, columns_[i].required);
        if (columns_[i].required) return;
        out.cells.emplace_back();
        continue;
      }
      out.cells.push_back(std::move(cell).value());
    }
    if (Finish(row, out)) imported_.table.rows.push_back(std::move(out));
  }

  void NoteIfItHasACode(const GridRow& row) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].name != "code" || base::Trim(Raw(row, i)).empty()) continue;
      if (IsColumnNumber(Raw(row, i))) continue;
      ++imported_.report.rows_read;
      Note(row, {}, "có mã nhưng không có tên", true);
    }
  }

  // The cell of a column of this list's schema.
  std::string& Cell(GridRow& out, std::string_view column) const {
    return out.cells[imported_.table.Column(column)];
  }

  void Derive(GridRow& out) {
    if (std::string& from = Cell(out, "valid_from"); from.empty()) from = from_;
    if (kind_ == ListKind::kIcd10 && Cell(out, "flags_from").empty() && HasIcdFlag(out)) {
      Cell(out, "flags_from") = Cell(out, "valid_from");
    }
    if (kind_ == ListKind::kServices && Cell(out, "price_self_pay").empty()) {
      Cell(out, "price_self_pay") = Cell(out, "price_insurance");
    }
    if (kind_ == ListKind::kDrugs && Cell(out, "code").empty()) {
      std::string code = Cell(out, "registration_number");
      // One product in two tenders: the second is told apart by its tender.
      if (!code.empty() && !derived_codes_.insert(code + Cell(out, "valid_from")).second) {
        code += "@" + std::to_string(base::StableHash(Cell(out, "tender")) % 1'000'000);
      }
      Cell(out, "code") = code;
    }
  }

  // Rules over the whole row. False when it cannot be kept.
  bool Finish(const GridRow& row, GridRow& out) {
    Derive(out);
    std::string key;
    for (size_t i = 0; i < columns_.size(); ++i) {
      std::string& cell = out.cells[i];
      if (kind_ == ListKind::kIcd10 && columns_[i].name == "code") {
        cell = NormalizeIcdCode(cell);
        if (!IsIcdCode(cell)) {
          Note(row, HeadingOf(i), "không phải mã ICD-10", true);
          return false;
        }
      }
      if (columns_[i].required && cell.empty()) {
        Note(row, HeadingOf(i), "ô bắt buộc bị trống", true);
        return false;
      }
      if (columns_[i].role == ColumnRole::kKey || columns_[i].name == "valid_from")
        key += cell + "\x1f";
    }
    if (!keys_.insert(key).second) {
      Note(row, {}, "trùng mã với một dòng phía trên", true);
      return false;
    }
    return true;
  }

  bool HasIcdFlag(const GridRow& out) const {
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].type == ColumnType::kFlag && !columns_[i].carried && !out.cells[i].empty())
        return true;
    }
    return false;
  }

  ListKind kind_;
  const Grid& grid_;
  HeadingRow headings_;
  std::string from_;
  std::vector<Column> columns_;
  std::set<std::string> keys_;
  std::set<std::string> derived_codes_;
  ImportedList imported_;
};

base::Error MissingColumns(ListKind kind, const HeadingRow& headings) {
  std::vector<std::string> names;
  for (std::string_view name : headings.missing) names.emplace_back(name);
  return base::Invalid("Không tìm thấy dòng tiêu đề của " + std::string(Title(kind)) +
                       ". Còn thiếu cột: " + base::Join(names, ", ") +
                       ". Hãy đặt đúng tên cột rồi nhập lại.");
}

}  // namespace

base::Result<ImportedList> ImportList(ListKind kind, const Grid& grid, base::Date from) {
  HeadingRow headings = FindHeadings(kind, grid);
  if (grid.empty()) return base::Invalid("Tệp không có dòng dữ liệu nào.");
  if (!headings.missing.empty()) return MissingColumns(kind, headings);
  return Importer(kind, grid, std::move(headings), from).Run();
}

base::Result<ImportedList> ImportFile(ListKind kind, std::string_view bytes, base::Date from) {
  if (!LooksLikeXlsx(bytes)) {
    TRY_ASSIGN(const Grid grid, ReadCsv(bytes));
    return ImportList(kind, grid, from);
  }
  TRY_ASSIGN(const std::vector<Sheet> sheets, ReadXlsx(bytes));
  const Sheet* best = nullptr;
  HeadingRow best_headings;
  for (const Sheet& sheet : sheets) {
    HeadingRow headings = FindHeadings(kind, sheet.grid);
    const bool better = best == nullptr || headings.missing.size() < best_headings.missing.size() ||
                        (headings.missing.size() == best_headings.missing.size() &&
                         headings.found > best_headings.found);
    if (better) {
      best = &sheet;
      best_headings = std::move(headings);
    }
  }
  TRY_ASSIGN(ImportedList imported, ImportList(kind, best->grid, from));
  imported.report.sheet = best->name;
  return imported;
}

std::string ImportReport::ToText(size_t max_issues) const {
  std::string out;
  if (!sheet.empty()) out += "Trang tính: " + sheet + "\n";
  out += "Đọc " + std::to_string(rows_read) + " dòng, nhận " + std::to_string(rows_kept) +
         " dòng, " + std::to_string(issues.size()) + " điểm không đọc được.\n";
  for (size_t i = 0; i < issues.size() && i < max_issues; ++i) {
    const ImportIssue& issue = issues[i];
    out += "  Dòng " + std::to_string(issue.line);
    if (!issue.column.empty()) out += ", cột \"" + issue.column + "\"";
    out +=
        ": " + issue.problem + (issue.row_skipped ? "; bỏ qua dòng này.\n" : "; để trống ô này.\n");
  }
  if (issues.size() > max_issues) {
    out += "  … và " + std::to_string(issues.size() - max_issues) + " điểm khác.\n";
  }
  if (!absent_columns.empty()) {
    out += "Cột không có trong tệp: " + base::Join(absent_columns, ", ") + ".\n";
  }
  if (!unused_headings.empty()) {
    out += "Cột không dùng đến: " + base::Join(unused_headings, ", ") + ".\n";
  }
  return out;
}

}  // namespace care::shared
