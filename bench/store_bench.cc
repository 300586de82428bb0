// What the SQLite store does per second: small durable commits, ingest against raw SQLite, reads by
// id, searches. Run it from a release build:
//   ninja -C build/release store_bench && build/release/bench/store_bench [--files N] [--copies N]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "base/random.h"
#include "bench/machine.h"
#include "bench/synthea.h"
#include "storage/sqlite/prepared.h"
#include "storage/sqlite/record_writer.h"
#include "storage/sqlite/schema.h"
#include "storage/sqlite/search.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_records.h"

namespace bench {
namespace {

using fhir::model::DocumentPtr;
using fhir::store::Transaction;
using storage::sqlite::SqliteStore;
using storage::sqlite::TestFolder;
using Files = std::vector<std::vector<DocumentPtr>>;

double Seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void InThreads(int count, const std::function<void(int)>& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

void Row(std::string_view what, double figure, std::string_view unit,
         const std::string& note = "") {
  fmt::print("{:<44} {:>12.1f} {:<14} {}\n", what, figure, unit, note);
  std::fflush(stdout);
}

// ---- Commits
// -------------------------------------------------------------------------------------

void SmallCommits(const base::Clock& clock) {
  TestFolder folder;
  folder.Create();
  const double syncs = SyncsPerSecond(folder.path());
  Row("fsync of a 4 KiB append", syncs, "/s");
  for (const int clients : {1, 8, 64}) {
    const auto store = folder.Open(clock);
    std::atomic<int64_t> commits{0};
    std::atomic<bool> stop{false};
    std::thread timer([&] {
      std::this_thread::sleep_for(std::chrono::seconds(3));
      stop = true;
    });
    const double seconds = Seconds([&] {
      InThreads(clients, [&](int client) {
        for (int i = 0; !stop; ++i) {
          const std::string id = fmt::format("c{}-{}-{}", clients, client, i);
          Transaction transaction = storage::sqlite::SmallTransaction(id, "x", clock.Now());
          transaction.writes.push_back(storage::sqlite::PutText("Basic", id + "b", "y"));
          if (store->Commit(std::move(transaction)).ok()) ++commits;
        }
      });
    });
    timer.join();
    const auto groups = static_cast<double>(store->CommitGroups());
    Row(fmt::format("durable commits of 2 resources, {} clients", clients),
        static_cast<double>(commits) / seconds, "commits/s",
        fmt::format("{:.1f} commits per sync of the store, {:.1f} per plain fsync",
                    static_cast<double>(commits) / groups,
                    static_cast<double>(commits) / seconds / syncs));
  }
}

// ---- Ingest
// --------------------------------------------------------------------------------------

Transaction WritesOf(const std::vector<DocumentPtr>& documents) {
  Transaction transaction;
  for (const DocumentPtr& document : documents) {
    fhir::store::Write write;
    write.key = {document->type(), std::string(document->id())};
    write.document = document;
    transaction.writes.push_back(std::move(write));
  }
  return transaction;
}

size_t Ingest(SqliteStore& store, const Files& files, int threads) {
  std::atomic<size_t> next{0}, resources{0};
  InThreads(threads, [&](int) {
    for (size_t i = next++; i < files.size(); i = next++) {
      CHECK(store.Commit(WritesOf(files[i])).ok());
      resources += files[i].size();
    }
  });
  return resources;
}

// The limit: the same rows, prepared beforehand, inserted by one connection with nothing checked
// but what RecordWriter looks up, one transaction per file.
double RawInserts(const Files& files, const base::Clock& clock) {
  TestFolder folder;
  folder.Create();
  const storage::sqlite::BodyCodec codec;
  std::vector<storage::sqlite::PreparedTransaction> prepared;
  size_t resources = 0;
  for (const auto& file : files) {
    auto one = storage::sqlite::Prepare(WritesOf(file), codec);
    CHECK(one.ok());
    prepared.push_back(std::move(*one));
    resources += file.size();
  }
  auto database = storage::sqlite::Database::Open({.path = DatabasePath(folder.data()),
                                                   .key = *LoadPageKey(folder.data()),
                                                   .role = storage::sqlite::Database::Role::kWriter,
                                                   .cache_kib = 32'768});
  CHECK(database.ok() && storage::sqlite::Migrate(**database).ok());
  storage::sqlite::RecordWriter writer(**database, clock);
  CHECK(writer.LoadHead().ok());
  const double seconds = Seconds([&] {
    for (const auto& each : prepared) {
      CHECK((*database)->Execute("BEGIN IMMEDIATE").ok());
      const auto steps = writer.Check(each);
      CHECK(steps.ok() && writer.Apply(each, *steps).ok());
      CHECK((*database)->Execute("COMMIT").ok());
      if ((*database)->wal_pages() > 2'000) {
        CHECK((*database)->RunCheckpoint(storage::sqlite::Database::Checkpoint::kPassive).ok());
      }
    }
  });
  return static_cast<double>(resources) / seconds;
}

// ---- Reading
// -------------------------------------------------------------------------------------

void Reads(SqliteStore& store, const Files& files) {
  std::vector<fhir::store::Key> keys;
  for (const auto& file : files) {
    for (const DocumentPtr& document : file) {
      keys.push_back({document->type(), std::string(document->id())});
    }
  }
  for (const int threads : {1, 32}) {
    std::atomic<int64_t> reads{0};
    const double seconds = Seconds([&] {
      InThreads(threads, [&](int thread) {
        base::SeededRandom random(static_cast<uint64_t>(thread));
        for (int i = 0; i < 40'000 / threads; ++i) {
          const auto read = store.BeginRead();
          CHECK(read.ok() && (*read)->Read(keys[random.Below(keys.size())]).ok());
          ++reads;
        }
      });
    });
    Row(fmt::format("read by id, a snapshot each, {} threads", threads),
        static_cast<double>(reads) / seconds, "reads/s");
  }
}

void Searches(SqliteStore& store, const std::string& patient) {
  const std::string queries[] = {
      "Patient?name=ab",
      "Patient?gender=female&_count=20",
      "Patient?birthdate=ge1980-01-01&birthdate=lt1981-01-01",
      "Observation?code=http://loinc.org|8480-6&_count=20",
      "Observation?code=85354-9&_count=20",
      "Observation?patient=Patient/" + patient + "&code=85354-9",
      "Observation?code=85354-9&date=ge2019-01-01&date=lt2019-02-01",
      "Observation?status=final&_count=20",
      "Observation?code-value-quantity=http://loinc.org|29463-7$gt90&_count=10",
      "Observation?value-quantity=gt180&code=29463-7&_count=20",
      "Observation?subject:Patient.name=ab&_count=20",
      "Patient?_has:Condition:patient:code=44054006&_count=20",
      "Encounter?patient=Patient/" + patient + "&_include=Encounter:practitioner",
      "Encounter?_sort=-date&_count=20",
      "Encounter?patient=Patient/" + patient + "&_sort=-date&_count=20",
      "Patient?_sort=name&_count=20",
      "Observation?_sort=-_lastUpdated&_count=20",
      "Patient?_summary=count",
  };
  for (const std::string& text : queries) {
    const auto query = fhir::search::ParseQueryText(text);
    CHECK(query.ok());
    std::vector<double> millis;
    size_t matches = 0;
    for (int i = 0; i < 60; ++i) {
      const auto read = store.BeginRead();
      CHECK(read.ok());
      millis.push_back(1'000 * Seconds([&] {
                         const auto page = (*read)->Search(*query);
                         matches = page.ok() ? page->matches.size() : 999'999;
                       }));
    }
    std::ranges::sort(millis);
    Row(text.substr(0, 60), millis[30], "ms median",
        fmt::format("worst {:.1f} ms, {} matches", millis.back(), matches));
  }
}

int Run(size_t files_wanted, int copies) {
  const base::SystemClock clock;
  fmt::print("{}\n\n", DescribeMachine());
  SmallCommits(clock);

  const char* shared = std::getenv("TRAM_SHARED");
  Files files = LoadSynthea(shared != nullptr ? shared : "../shared", files_wanted);
  if (files.empty()) {
    fmt::print("no Synthea files: set TRAM_SHARED\n");
    return 0;
  }
  const double raw = RawInserts(files, clock);
  Row("raw SQLite, prepared rows of these files", raw, "resources/s");

  TestFolder folder;
  folder.Create();
  auto store = folder.Open(clock);
  size_t resources = 0;
  const double seconds = Seconds([&] { resources = Ingest(*store, files, 8); });
  Row("ingest, parsed documents, 8 threads", static_cast<double>(resources) / seconds,
      "resources/s", fmt::format("{:.2f} of raw", static_cast<double>(resources) / seconds / raw));
  for (int copy = 1; copy <= copies; ++copy) {
    for (const auto& file : files) {
      const auto documents = Replicate(file, copy);
      CHECK(store->Commit(WritesOf(documents)).ok());
      resources += documents.size();
    }
  }
  const auto statistics = store->Statistics();
  Row("resources stored", static_cast<double>(statistics->resources), "");
  store.reset();
  Row("size on disk",
      static_cast<double>(std::filesystem::file_size(DatabasePath(folder.data()))) /
          static_cast<double>(resources),
      "bytes each");
  store = folder.Open(clock);
  Reads(*store, files);
  std::string patient;
  for (const DocumentPtr& document : files.back()) {
    if (Name(document->type()) == "Patient") patient = document->id();
  }
  Searches(*store, patient);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  size_t files = 82;
  int copies = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--files") == 0) files = static_cast<size_t>(std::atoi(argv[i + 1]));
    if (std::strcmp(argv[i], "--copies") == 0) copies = std::atoi(argv[i + 1]);
  }
  return bench::Run(files, copies);
}
