#include "app/commands/claim_check.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include "care/insurance/checker.h"
#include "exchange/insurance/claim_xml.h"

namespace app::commands {
namespace {

constexpr int kNoErrors = 0;
constexpr int kErrorsFound = 1;
constexpr int kUnreadable = 2;
constexpr std::uintmax_t kMaxFileBytes = 20UL << 20;

std::optional<std::string> ReadWholeFile(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure) || failure) return std::nullopt;
  if (std::filesystem::file_size(path, failure) > kMaxFileBytes || failure) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) return std::nullopt;
  return bytes;
}

// "XML2[3].SO_LUONG", with "hồ sơ 2: " before it when the file holds several dossiers.
std::string PlaceOf(const care::insurance::Finding& finding, bool several) {
  std::string place = several ? "hồ sơ " + std::to_string(finding.dossier) + ": " : "";
  place += finding.table.empty() ? "GIAMDINHHS" : finding.table;
  if (finding.row > 0) place += "[" + std::to_string(finding.row) + "]";
  if (!finding.field.empty()) place += "." + finding.field;
  return place;
}

}  // namespace

int RunClaimCheck(const std::string& path, std::ostream& out, std::ostream& err,
                  const care::insurance::ClaimCatalogue* catalogue) {
  const auto bytes = ReadWholeFile(path);
  if (!bytes) {
    err << "Không mở được tệp, hoặc tệp lớn hơn 20 MB.\n";
    return kUnreadable;
  }
  const auto file = exchange::insurance::ReadClaimFile(*bytes);
  if (!file.ok()) {
    err << file.error().message;
    if (!file.error().field.empty()) err << " (" << file.error().field << ")";
    err << '\n';
    return kUnreadable;
  }
  if (file->dossiers.empty()) {
    err << "Tệp không có hồ sơ nào.\n";
    return kUnreadable;
  }
  bool errors = false;
  for (const auto& finding : care::insurance::CheckClaimFile(*file, catalogue)) {
    errors = errors || finding.severity == care::insurance::Severity::kError;
    out << Name(finding.severity) << '\t' << finding.rule << '\t'
        << PlaceOf(finding, file->dossiers.size() > 1) << '\t' << finding.message << ". "
        << finding.remedy << ".\n";
  }
  return errors ? kErrorsFound : kNoErrors;
}

}  // namespace app::commands
