// The one thread that writes: takes whatever waits, checks and applies it in order, syncs once for
// the whole group, then wakes the callers. It alone runs checkpoints.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/prepared.h"
#include "storage/sqlite/record_writer.h"

namespace storage::sqlite {

struct WriterLimits {
  size_t max_waiting = 4'000;  // commits
  size_t max_waiting_bytes = 256UL << 20;
  size_t max_group = 512;  // commits per sync
  size_t max_group_bytes = 16UL << 20;
  size_t max_waiting_audit = 20'000;  // audit records not yet durable
  int64_t audit_delay_millis = 50;
  int checkpoint_pages = 2'000;  // 8 MB of WAL
  int restart_pages = 16'384;    // 64 MB: readers have kept the WAL from being reused
};

class Writer {
 public:
  // Migrates the tables and starts the thread.
  static base::Result<std::unique_ptr<Writer>> Start(const Database::Options& options,
                                                     const base::Clock& clock,
                                                     const WriterLimits& limits);
  // Finishes what waits, then stops.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  base::Result<fhir::store::CommitReceipt> Commit(PreparedTransaction transaction);
  base::Status SavePosition(std::string reader, fhir::store::Sequence position);
  base::Status AppendAudit(std::vector<PreparedAudit> entries);
  base::Status FlushAudit();
  fhir::store::Store::Subscription OnCommit(std::function<void(fhir::store::Sequence)> listener);

  struct Figures {
    int64_t resources = 0;
    fhir::store::Sequence last_sequence = 0;
    int64_t commits_waiting = 0;
    int64_t groups = 0;  // transactions synced to disk since the start
  };
  Figures figures();

 private:
  struct Job {
    PreparedTransaction transaction;
    std::string reader;  // a position to save, when not ""
    fhir::store::Sequence position = 0;
    base::Result<fhir::store::CommitReceipt> result = fhir::store::CommitReceipt{};
    bool done = false;
    std::condition_variable woken;
  };
  struct Listener;
  using Jobs = std::vector<Job*>;
  using Audit = std::vector<PreparedAudit>;

  Writer(Database::Options options, const base::Clock& clock, const WriterLimits& limits)
      : options_(std::move(options)), clock_(clock), limits_(limits) {}

  base::Status OpenDatabase();
  base::Result<fhir::store::CommitReceipt> Enqueue(Job& job);
  void Run();
  bool WaitForWork(std::unique_lock<std::mutex>& lock);
  Jobs TakeJobs();
  // False when `audit` could not be stored and must be tried again.
  bool CommitGroup(const Jobs& jobs, const Audit& audit);
  bool CommitSingly(const Jobs& jobs, const Audit& audit);
  base::Status TryGroup(const Jobs& jobs, const Audit& audit);
  base::Status ApplyJob(Job& job);
  bool EnsureHealthy();
  void Finish(const Jobs& jobs, Audit audit, bool audit_stored);
  void Notify(fhir::store::Sequence sequence);
  void CheckpointIfDue(bool idle);

  const Database::Options options_;
  const base::Clock& clock_;
  const WriterLimits limits_;

  // Only the writer's thread touches these.
  std::unique_ptr<Database> database_;
  std::unique_ptr<RecordWriter> record_;
  RecordWriter::Head last_head_;  // the acknowledged one, while the database is closed
  bool device_failed_ = false;
  int64_t next_reopen_ = 0;
  int checkpointed_at_pages_ = 0;

  std::mutex mutex_;  // guards all below
  std::condition_variable work_;
  std::condition_variable audit_flushed_;
  std::deque<Job*> jobs_;
  size_t waiting_bytes_ = 0;
  Audit audit_;
  int64_t audit_due_ = 0;        // monotonic; when audit_ must be written
  uint64_t audit_appended_ = 0;  // counted in records since the start
  uint64_t audit_durable_ = 0;
  uint64_t audit_failures_ = 0;
  bool flush_wanted_ = false;
  bool stopping_ = false;
  Figures figures_;

  std::mutex listeners_mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;

  std::thread thread_;
};

}  // namespace storage::sqlite
