#include "app/commands/catalog_import.h"

#include "app/commands/input_file.h"
#include "base/limits.h"
#include "care/shared/catalogue/cell.h"
#include "care/shared/catalogue/import_list.h"
#include "care/shared/catalogue_store.h"

namespace app::commands {
namespace {

using care::shared::Edition;
using care::shared::ImportedList;
using care::shared::ListKind;

base::Result<ListKind> KindOf(const std::string& name) {
  if (const auto kind = care::shared::ListKindFromName(name)) return *kind;
  std::string known;
  for (ListKind kind : care::shared::kAllLists) {
    known += (known.empty() ? "" : ", ") + std::string(care::shared::Name(kind));
  }
  return base::Invalid("Không có danh mục tên \"" + name + "\". Các danh mục: " + known + ".",
                       "--kind");
}

base::Result<base::Date> FirstDay(const std::string& text, const base::Clock& clock) {
  if (text.empty()) return clock.Today();
  auto iso = care::shared::NormalizeCell(care::shared::ColumnType::kDate, text);
  if (!iso.ok())
    return base::Invalid("Ngày bắt đầu phải viết như 2027-01-01 hoặc 01/01/2027.", "--from");
  return base::Date::ParseIso(*iso);
}

base::Result<std::string> ReadWhole(const std::string& path) {
  TRY_ASSIGN(InputFile file, InputFile::Open(path));
  std::string bytes;
  while (true) {
    TRY_ASSIGN(const std::string piece, file.Read());
    if (piece.empty()) return bytes;
    bytes += piece;
    if (bytes.size() > base::kMaxDecompressedBytes) {
      return base::Error{base::ErrorCode::kTooLarge, "Tệp lớn hơn 20 MiB."};
    }
  }
}

base::Result<Edition> ReadEdition(const CatalogImportOptions& options, const base::Clock& clock,
                                  care::shared::ImportReport& report) {
  TRY_ASSIGN(const ListKind kind, KindOf(options.kind));
  TRY_ASSIGN(const base::Date from, FirstDay(options.from, clock));
  TRY_ASSIGN(const std::string bytes, ReadWhole(options.path));
  TRY_ASSIGN(ImportedList imported, care::shared::ImportFile(kind, bytes, from));
  report = std::move(imported.report);
  if (imported.table.rows.empty()) {
    return base::Unprocessable("Không nhận được dòng nào, danh mục đang dùng được giữ nguyên.");
  }
  const std::string file_name = options.path.substr(options.path.rfind('/') + 1);
  return Edition{.kind = kind,
                 .valid_from = from,
                 .source = options.source.empty() ? file_name : options.source,
                 .table = std::move(imported.table)};
}

int Refuse(const base::Error& error, std::ostream& err) {
  err << error.message;
  if (!error.field.empty()) err << " (" << error.field << ")";
  err << '\n';
  return 2;
}

}  // namespace

int RunCatalogImport(const CatalogImportOptions& options, const base::Clock& clock,
                     access_control::RecordScope& record, std::ostream& out, std::ostream& err) {
  care::shared::ImportReport report;
  const auto edition = ReadEdition(options, clock, report);
  if (report.rows_read > 0 || edition.ok()) out << report.ToText();
  if (!edition.ok()) return Refuse(edition.error(), err);
  if (options.dry_run) {
    out << "Chạy thử: chưa lưu gì.\n";
  } else if (const auto saved = care::shared::SaveEdition(record, *edition); !saved.ok()) {
    return Refuse(saved.error(), err);
  } else {
    out << care::shared::Title(edition->kind) << " có hiệu lực từ ngày "
        << edition->valid_from.ToIso() << ".\n";
  }
  return report.issues.empty() ? 0 : 1;
}

}  // namespace app::commands
