#include "app/commands/import.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "app/commands/import_batch.h"
#include "app/commands/input_file.h"
#include "base/limits.h"

namespace app::commands {
namespace {

constexpr size_t kMostProblems = 1'000;
constexpr size_t kShownProblems = 20;

// "0-hospitalInformation123.json.bz2" -> 0, "practitioner…" -> 1, people -> 2.
int RankOf(const std::string& path) {
  std::string_view name(path);
  if (const size_t slash = name.rfind('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  name.remove_prefix(std::min(name.find_first_not_of("0123456789-_."), name.size()));
  if (name.starts_with("hospital")) return 0;
  return name.starts_with("practitioner") ? 1 : 2;
}

// What the threads of an import share.
class Job {
 public:
  Job(const ImportOptions& options, fhir::store::Store& store, const base::Clock& clock,
      base::Random& random, std::ostream& progress)
      : options_(options),
        store_(store),
        clock_(clock),
        random_(random),
        progress_(progress),
        lookup_(MakeStore()),
        conditional_(lookup_) {}

  base::Result<ImportReport> Run();

 private:
  access_control::GuardedStore MakeStore() {
    access_control::Principal who{.practitioner_id = "system",
                                  .login = "import",
                                  .display_name = "tram import",
                                  .roles = {access_control::Role::kSystem},
                                  .station_id = options_.station_id};
    return {store_, std::move(who), access_control::Purpose::kRecordManagement, clock_, random_};
  }
  ImportSink MakeSink();
  void ImportFile(const std::string& path);
  void ImportFiles(std::vector<std::string> paths, int threads);
  void Fail(const std::string& origin, const base::Error& error, const std::string& resource);
  void ShowProgress(const std::string& path, int64_t resources);

  const ImportOptions& options_;
  fhir::store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  std::ostream& progress_;
  access_control::GuardedStore lookup_;
  fhir::rest::ConditionalReferences conditional_;

  std::mutex mutex_;  // guards what follows
  ImportReport report_;
  std::ofstream failed_file_;
  size_t files_done_ = 0;
};

ImportSink Job::MakeSink() {
  return {.stored =
              [this](int64_t count) {
                const std::lock_guard lock(mutex_);
                report_.stored += count;
              },
          .existing =
              [this](int64_t count) {
                const std::lock_guard lock(mutex_);
                report_.existing += count;
              },
          .failed = [this](const std::string& origin, const base::Error& error,
                           const std::string& resource) { Fail(origin, error, resource); }};
}

void Job::Fail(const std::string& origin, const base::Error& error, const std::string& resource) {
  const std::lock_guard lock(mutex_);
  ++report_.failed;
  if (report_.problems.size() < kMostProblems) {
    std::string line = origin + ": " + error.message;
    if (!error.field.empty()) line += " (" + error.field + ")";
    report_.problems.push_back(std::move(line));
  }
  if (failed_file_.is_open() && !resource.empty()) failed_file_ << resource << '\n';
}

void Job::ShowProgress(const std::string& path, int64_t resources) {
  const std::lock_guard lock(mutex_);
  ++files_done_;
  const size_t all = options_.files.size();
  if (!options_.is_terminal) {
    progress_ << fmt::format("{}: {} hồ sơ\n", path, resources);
    return;
  }
  constexpr size_t kWidth = 40;
  const size_t filled = files_done_ * kWidth / std::max<size_t>(all, 1);
  progress_ << fmt::format("\r[{:#<{}}{:.<{}}] {}/{} tệp, {} hồ sơ", "", filled, "",
                           kWidth - filled, files_done_, all, report_.stored)
            << std::flush;
}

void Job::ImportFile(const std::string& path) {
  access_control::GuardedStore store = MakeStore();
  ImportBatch batch(store, conditional_, MakeSink());
  int64_t resources = 0;
  auto input = InputFile::Open(path);
  if (!input.ok()) {
    Fail(path, input.error(), {});
    return ShowProgress(path, 0);
  }
  DocumentReader reader(std::move(input).value(), base::kBundleLimits.max_bytes);
  while (true) {
    auto item = reader.Next();
    if (!item.ok()) {
      Fail(path, item.error(), {});
      break;
    }
    if (item->text.empty()) break;
    const std::string origin = path + ":" + std::to_string(item->line);
    auto document = fhir::model::Document::ParseResource(item->text, base::kBundleLimits);
    int64_t count = 1;
    if (document.ok()) {
      count = batch.Add(std::move(document).value(), origin);
    } else {
      Fail(origin, document.error(), item->text);
    }
    resources += count;
    const std::lock_guard lock(mutex_);
    report_.read += count;
  }
  batch.Flush();
  ShowProgress(path, resources);
}

void Job::ImportFiles(std::vector<std::string> paths, int threads) {
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next.fetch_add(1); i < paths.size(); i = next.fetch_add(1)) {
      ImportFile(paths[i]);
    }
  };
  std::vector<std::thread> others;
  const int extra = std::min(threads, static_cast<int>(paths.size())) - 1;
  for (int i = 0; i < extra; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
}

base::Result<ImportReport> Job::Run() {
  const int64_t began = base::MonotonicMillis();
  if (!options_.failed_file.empty()) {
    failed_file_.open(options_.failed_file, std::ios::binary);
    if (!failed_file_) return base::Unavailable("Không ghi được tệp các hồ sơ lỗi.");
  }
  for (const int rank : {0, 1, 2}) {
    std::vector<std::string> paths;
    for (const std::string& path : options_.files) {
      if (RankOf(path) == rank) paths.push_back(path);
    }
    ImportFiles(std::move(paths), rank == 2 ? options_.threads : 1);
  }
  TRY(store_.FlushAudit());
  if (options_.is_terminal) progress_ << "\n";
  report_.millis = base::MonotonicMillis() - began;
  return std::move(report_);
}

}  // namespace

base::Result<ImportReport> Import(const ImportOptions& options, fhir::store::Store& store,
                                  const base::Clock& clock, base::Random& random,
                                  std::ostream& progress) {
  return Job(options, store, clock, random, progress).Run();
}

int RunImport(const ImportOptions& options, fhir::store::Store& store, const base::Clock& clock,
              base::Random& random, std::ostream& out, std::ostream& err) {
  const auto report = Import(options, store, clock, random, out);
  if (!report.ok()) {
    err << report.error().message << "\n";
    return 2;
  }
  const double seconds = std::max(static_cast<double>(report->millis) / 1000.0, 0.001);
  out << fmt::format(
      "Đã đọc {} hồ sơ: lưu {}, đã có sẵn {}, lỗi {}. Thời gian {:.1f} giây, {:.0f} hồ sơ/giây.\n",
      report->read, report->stored, report->existing, report->failed, seconds,
      static_cast<double>(report->stored) / seconds);
  for (size_t i = 0; i < std::min(report->problems.size(), kShownProblems); ++i) {
    err << report->problems[i] << "\n";
  }
  if (report->problems.size() > kShownProblems) {
    err << fmt::format("… và {} lỗi khác.\n",
                       report->failed - static_cast<int64_t>(kShownProblems));
  }
  if (report->failed > 0 && options.failed_file.empty()) {
    err << "Chạy lại với --failed TỆP để giữ các hồ sơ lỗi thành NDJSON.\n";
  }
  return report->failed == 0 ? 0 : 1;
}

}  // namespace app::commands
