#include "app/commands/export.h"

#include <cstdio>
#include <fstream>
#include <vector>

#include "access/guarded_store.h"
#include "base/limits.h"
#include "fhir/model/definitions.h"
#include "fhir/search/query.h"

namespace app::commands {
namespace {

std::vector<fhir::model::ResourceType> AllTypes() {
  std::vector<fhir::model::ResourceType> types;
  for (size_t id = 1; id <= fhir::model::TypeCount(); ++id) {
    const auto type = fhir::model::ToResourceType(static_cast<fhir::model::TypeId>(id));
    if (type) types.push_back(*type);
  }
  return types;
}

}  // namespace

base::Result<int64_t> Export(std::optional<fhir::model::ResourceType> type,
                             fhir::store::Store& store, const base::Clock& clock,
                             base::Random& random, std::ostream& out) {
  access_control::GuardedStore guarded(store,
                                       {.practitioner_id = "system",
                                        .login = "export",
                                        .display_name = "tram export",
                                        .roles = {access_control::Role::kSystem}},
                                       access_control::Purpose::kRecordManagement, clock, random);
  int64_t count = 0;
  for (const auto one : type ? std::vector{*type} : AllTypes()) {
    fhir::search::Query query{.types = {one}, .count = base::kMaxPageSize};
    do {
      auto found = guarded.Search(query);
      // A type granted to nobody is never in the record (the audit trail is kept apart from it).
      const bool may_skip =
          !type && !found.ok() && found.error().code == base::ErrorCode::kForbidden;
      if (may_skip) break;
      TRY_ASSIGN(const fhir::store::SearchPage page, std::move(found));
      for (const fhir::store::Stored& stored : page.matches) {
        out << stored.body << '\n';
        ++count;
      }
      // A full disk must not look like a complete export.
      if (!out.flush())
        return base::Unavailable("Không ghi được tệp. Hãy kiểm tra dung lượng đĩa.");
      query.page = page.next_page;
    } while (!query.page.empty());
  }
  TRY(store.FlushAudit());
  return count;
}

int RunExport(const ExportOptions& options, fhir::store::Store& store, const base::Clock& clock,
              base::Random& random, std::ostream& out, std::ostream& err) {
  std::optional<fhir::model::ResourceType> type;
  if (!options.type.empty()) {
    type = fhir::model::ParseResourceType(options.type);
    if (!type) {
      err << "FHIR R4 không có loại tài nguyên \"" << options.type << "\".\n";
      return 1;
    }
  }
  const bool to_file = !options.file.empty() && options.file != "-";
  // Under another name until it is whole.
  const std::string partial = options.file + ".partial";
  std::ofstream file;
  if (to_file) file.open(partial, std::ios::binary | std::ios::trunc);
  auto count = Export(type, store, clock, random, to_file ? file : out);
  if (to_file && count.ok()) {
    file.close();
    if (!file || std::rename(partial.c_str(), options.file.c_str()) != 0) {
      count = base::Unavailable("Không ghi được tệp. Hãy kiểm tra đường dẫn và dung lượng đĩa.");
    }
  }
  if (!count.ok()) {
    if (to_file) std::remove(partial.c_str());
    err << count.error().message << "\n";
    return 1;
  }
  // On `err`, because `out` may be the data.
  err << "Đã xuất " << *count << " hồ sơ.\n";
  return 0;
}

}  // namespace app::commands
