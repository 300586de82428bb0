#include "app/wiring/backup_keeper.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "base/text.h"

namespace app::wiring {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "tram-";
constexpr std::string_view kSuffix = ".backup";

std::string NameAt(base::Instant at) {
  const base::Date day = at.LocalDate();
  const int minute = at.LocalMinuteOfDay();
  return fmt::format("{}{:04}{:02}{:02}-{:02}{:02}{}", kPrefix, day.year, day.month, day.day,
                     minute / 60, minute % 60, kSuffix);
}

std::optional<base::Instant> MomentOfName(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix) || name.size() != 25) {
    return std::nullopt;
  }
  const std::string_view digits = name.substr(kPrefix.size(), 13);
  const auto moment = base::Instant::Parse(
      fmt::format("{}-{}-{}T{}:{}:00+07:00", digits.substr(0, 4), digits.substr(4, 2),
                  digits.substr(6, 2), digits.substr(9, 2), digits.substr(11, 2)));
  if (!moment.ok()) return std::nullopt;
  return *moment;
}

std::vector<std::string> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (MomentOfName(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<std::string> Superfluous(std::vector<std::string> names, base::Instant now) {
  std::sort(names.begin(), names.end());
  std::map<std::string, std::string> last_of_day;
  for (const std::string& name : names) last_of_day[name.substr(0, 13)] = name;
  std::vector<std::string> superfluous;
  for (const std::string& name : names) {
    const auto at = MomentOfName(name);
    if (!at) continue;
    const int64_t age = now.millis - at->millis;
    const bool last = last_of_day[name.substr(0, 13)] == name;
    const bool kept = age <= 86'400'000LL || (last && age <= 14 * 86'400'000LL);
    if (!kept) superfluous.push_back(name);
  }
  return superfluous;
}

BackupKeeper::BackupKeeper(std::string folder, storage::sqlite::SqliteStore& store,
                           const base::Clock& clock, base::Random& random)
    : folder_(std::move(folder)), store_(store), clock_(clock), random_(random) {}

std::optional<base::Instant> BackupKeeper::Newest() const {
  const auto names = NamesIn(folder_);
  return names.empty() ? std::nullopt : MomentOfName(names.back());
}

bool BackupKeeper::IsDue() const {
  const auto newest = Newest();
  return !newest || clock_.Now().millis - newest->millis >= kEveryMillis;
}

base::Status BackupKeeper::Write() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return base::Unavailable("Không tạo được thư mục sao lưu.", error.message());
  fs::permissions(folder_, fs::perms::owner_all, error);
  const fs::path target = fs::path(folder_) / NameAt(clock_.Now());
  const fs::path half = target.string() + ".part";
  // A backup cut short by a power failure must not pass for one.
  TRY(store_.WriteBackup(half.string(), random_));
  fs::rename(half, target, error);
  if (error) return base::Unavailable("Không ghi được bản sao lưu.", error.message());
  return Prune();
}

base::Status BackupKeeper::Prune() {
  for (const std::string& name : Superfluous(NamesIn(folder_), clock_.Now())) {
    std::error_code error;
    fs::remove(fs::path(folder_) / name, error);
    if (error) return base::Unavailable("Không xoá được bản sao lưu cũ.", error.message());
  }
  return base::Ok();
}

}  // namespace app::wiring
