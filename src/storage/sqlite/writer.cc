#include "storage/sqlite/writer.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "base/log.h"
#include "storage/sqlite/schema.h"

namespace storage::sqlite {
namespace {

using fhir::store::CommitReceipt;
using fhir::store::Sequence;

constexpr int64_t kRetryMillis = 1'000;

base::Error Overloaded() {
  return base::Unavailable("Máy chủ đang quá tải. Hãy thử lại sau ít giây.", "writer queue full");
}

base::Error DeviceFailed() {
  return base::Unavailable("Ổ đĩa gặp lỗi nên tạm ngừng ghi. Hãy báo ngay người quản trị.",
                           "writer waits for the device");
}

}  // namespace

// Held by the subscriber's token; the mutex lets unsubscribing wait for a call in progress.
struct Writer::Listener {
  std::recursive_mutex mutex;
  std::function<void(Sequence)> call;
};

base::Result<std::unique_ptr<Writer>> Writer::Start(const Database::Options& options,
                                                    const base::Clock& clock,
                                                    const WriterLimits& limits) {
  std::unique_ptr<Writer> writer(new Writer(options, clock, limits));
  TRY(writer->OpenDatabase());
  writer->figures_.resources = writer->record_->head().resources;
  writer->figures_.last_sequence = writer->record_->head().last_sequence;
  writer->thread_ = std::thread([raw = writer.get()] { raw->Run(); });
  return writer;
}

Writer::~Writer() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

base::Status Writer::OpenDatabase() {
  record_.reset();
  database_.reset();
  TRY_ASSIGN(database_, Database::Open(options_));
  TRY(Migrate(*database_));
  record_ = std::make_unique<RecordWriter>(*database_, clock_);
  return record_->LoadHead();
}

// ---- For callers
// ---------------------------------------------------------------------------------

base::Result<CommitReceipt> Writer::Enqueue(Job& job) {
  std::unique_lock lock(mutex_);
  const size_t bytes = job.transaction.bytes;
  if (stopping_ || jobs_.size() >= limits_.max_waiting ||
      (!jobs_.empty() && waiting_bytes_ + bytes > limits_.max_waiting_bytes)) {
    return Overloaded();
  }
  waiting_bytes_ += bytes;
  jobs_.push_back(&job);
  work_.notify_one();
  job.woken.wait(lock, [&job] { return job.done; });
  return std::move(job.result);
}

base::Result<CommitReceipt> Writer::Commit(PreparedTransaction transaction) {
  Job job;
  job.transaction = std::move(transaction);
  return Enqueue(job);
}

base::Status Writer::SavePosition(std::string reader, Sequence position) {
  Job job;
  job.reader = std::move(reader);
  job.position = position;
  TRY(Enqueue(job));
  return base::Ok();
}

base::Status Writer::AppendAudit(std::vector<PreparedAudit> entries) {
  if (entries.empty()) return base::Ok();
  const std::lock_guard lock(mutex_);
  if (stopping_ || audit_.size() + entries.size() > limits_.max_waiting_audit) return Overloaded();
  if (audit_.empty()) {
    audit_due_ = base::MonotonicMillis() + limits_.audit_delay_millis;
    work_.notify_one();  // so that it waits no longer than that
  }
  audit_appended_ += entries.size();
  std::move(entries.begin(), entries.end(), std::back_inserter(audit_));
  return base::Ok();
}

base::Status Writer::FlushAudit() {
  std::unique_lock lock(mutex_);
  const uint64_t wanted = audit_appended_;
  const uint64_t failures = audit_failures_;
  if (audit_durable_ >= wanted) return base::Ok();
  flush_wanted_ = true;
  work_.notify_one();
  audit_flushed_.wait(lock,
                      [&] { return audit_durable_ >= wanted || audit_failures_ != failures; });
  if (audit_durable_ >= wanted) return base::Ok();
  return base::Unavailable("Chưa ghi được nhật ký truy cập xuống ổ đĩa.", "audit flush failed");
}

fhir::store::Store::Subscription Writer::OnCommit(std::function<void(Sequence)> listener) {
  auto entry = std::make_shared<Listener>();
  entry->call = std::move(listener);
  {
    const std::lock_guard lock(listeners_mutex_);
    listeners_.push_back(entry);
  }
  // The token owns the listener; when it goes, no call is under way and none follows.
  return {entry.get(), [entry](void*) mutable {
            {
              const std::lock_guard lock(entry->mutex);
              entry->call = nullptr;
            }
            entry.reset();
          }};
}

Writer::Figures Writer::figures() {
  const std::lock_guard lock(mutex_);
  Figures figures = figures_;
  figures.commits_waiting = static_cast<int64_t>(jobs_.size());
  return figures;
}

// ---- The thread
// ----------------------------------------------------------------------------------

// False when it is time to end.
bool Writer::WaitForWork(std::unique_lock<std::mutex>& lock) {
  while (jobs_.empty() && !stopping_) {
    if (audit_.empty()) {
      flush_wanted_ = false;
      work_.wait(lock);
      continue;
    }
    const int64_t left = audit_due_ - base::MonotonicMillis();
    if (flush_wanted_ || left <= 0) break;
    work_.wait_for(lock, std::chrono::milliseconds(left));
  }
  return !(stopping_ && jobs_.empty() && audit_.empty());
}

Writer::Jobs Writer::TakeJobs() {
  Jobs taken;
  size_t bytes = 0;
  while (!jobs_.empty() && taken.size() < limits_.max_group && bytes < limits_.max_group_bytes) {
    bytes += jobs_.front()->transaction.bytes;
    taken.push_back(jobs_.front());
    jobs_.pop_front();
  }
  waiting_bytes_ -= bytes;
  return taken;
}

void Writer::Run() {
  std::unique_lock lock(mutex_);
  while (WaitForWork(lock)) {
    const Jobs jobs = TakeJobs();
    Audit audit = std::exchange(audit_, {});
    flush_wanted_ = false;
    const Sequence before = figures_.last_sequence;
    lock.unlock();

    const bool audit_stored = CommitGroup(jobs, audit);

    lock.lock();
    if (record_ != nullptr) {
      figures_.resources = record_->head().resources;
      figures_.last_sequence = record_->head().last_sequence;
    }
    const Sequence after = figures_.last_sequence;
    lock.unlock();
    // Before the callers go on: who has been answered finds that the listeners have heard of it.
    if (after != before) Notify(after);
    lock.lock();
    Finish(jobs, std::move(audit), audit_stored);
    const bool idle = jobs_.empty();
    if (stopping_ && !audit_stored && idle) {
      base::LogError("audit_lost_at_stop", {{"records", audit_.size()}});
      break;
    }
    lock.unlock();
    CheckpointIfDue(idle);
    lock.lock();
  }
}

// Under the lock: hands the results over.
void Writer::Finish(const Jobs& jobs, Audit audit, bool audit_stored) {
  if (audit_stored) {
    audit_durable_ += audit.size();
  } else {
    std::move(audit_.begin(), audit_.end(), std::back_inserter(audit));
    audit_ = std::move(audit);
    audit_due_ = base::MonotonicMillis() + kRetryMillis;
    ++audit_failures_;
  }
  audit_flushed_.notify_all();
  for (Job* job : jobs) {
    job->done = true;
    job->woken.notify_one();  // under the lock: the job is gone as soon as its caller runs
  }
}

bool Writer::EnsureHealthy() {
  if (!device_failed_) return true;
  const int64_t now = base::MonotonicMillis();
  if (now < next_reopen_) return false;
  next_reopen_ = now + kRetryMillis;
  // After a failed sync the kernel may have dropped pages it could not write: trust only what a
  // fresh connection reads, and only if every acknowledged commit is in it.
  const RecordWriter::Head acknowledged = record_ != nullptr ? record_->head() : last_head_;
  last_head_ = acknowledged;
  if (const base::Status opened = OpenDatabase(); !opened.ok()) {
    base::LogError("store_reopen_failed", {{"detail", opened.error().detail}});
    record_.reset();
    return false;
  }
  const base::Result<bool> holds = record_->Holds(acknowledged);
  if (!holds.ok() || !*holds) {
    base::LogError("store_lost_commits", {{"acknowledged", acknowledged.last_sequence},
                                          {"found", record_->head().last_sequence}});
    record_.reset();
    return false;
  }
  device_failed_ = false;
  base::LogWarning("store_reopened", {{"sequence", acknowledged.last_sequence}});
  return true;
}

bool Writer::CommitGroup(const Jobs& jobs, const Audit& audit) {
  if (!EnsureHealthy()) {
    for (Job* job : jobs) job->result = DeviceFailed();
    return audit.empty();
  }
  const RecordWriter::Head before = record_->head();
  database_->ClearFailure();
  base::Status status = base::Ok();
  try {
    status = TryGroup(jobs, audit);
  } catch (const std::exception& broken) {
    status = base::Internal(broken.what());
  }
  if (status.ok()) {
    const std::lock_guard lock(mutex_);
    ++figures_.groups;
    return true;
  }

  if (database_->InTransaction()) {
    if (const base::Status undone = database_->Execute("ROLLBACK"); !undone.ok()) {
      device_failed_ = true;
    }
  }
  record_->set_head(before);
  base::LogError("store_commit_failed",
                 {{"detail", status.error().detail}, {"commits", jobs.size()}});
  switch (database_->last_failure()) {
    case Database::Failure::kDiskFull: break;
    case Database::Failure::kDevice: device_failed_ = true; break;
    case Database::Failure::kNone:
    case Database::Failure::kOther:
      // One transaction spoilt it for all: find out which.
      if (jobs.size() > 1) return CommitSingly(jobs, audit);
      break;
  }
  for (Job* job : jobs) job->result = status.error();
  return audit.empty();
}

bool Writer::CommitSingly(const Jobs& jobs, const Audit& audit) {
  for (Job* job : jobs) CommitGroup({job}, {});
  return audit.empty() || CommitGroup({}, audit);
}

base::Status Writer::TryGroup(const Jobs& jobs, const Audit& audit) {
  TRY(database_->Execute("BEGIN IMMEDIATE"));
  const RecordWriter::Head before = record_->head();
  bool changed = !audit.empty();
  for (Job* job : jobs) {
    TRY(ApplyJob(*job));
    changed = changed || job->result.ok();
  }
  TRY(record_->AppendAudit(audit));
  if (!changed) return database_->Execute("ROLLBACK");
  if (record_->head().resources != before.resources) TRY(record_->Finish());
  return database_->Execute("COMMIT");
}

// An error ends the whole group; what is wrong with the job alone becomes its result.
base::Status Writer::ApplyJob(Job& job) {
  if (!job.reader.empty()) {
    job.result = CommitReceipt{};
    return record_->SavePosition(job.reader, job.position);
  }
  base::Result<std::vector<RecordWriter::Step>> steps = record_->Check(job.transaction);
  if (!steps.ok()) {
    if (database_->last_failure() == Database::Failure::kDevice) return steps.error();
    job.result = steps.error();
    return base::Ok();
  }
  TRY_ASSIGN(job.result, record_->Apply(job.transaction, *steps));
  return base::Ok();
}

void Writer::Notify(Sequence sequence) {
  std::vector<std::shared_ptr<Listener>> listeners;
  {
    const std::lock_guard lock(listeners_mutex_);
    std::erase_if(listeners_, [](const auto& entry) { return entry.expired(); });
    for (const auto& entry : listeners_) {
      if (auto alive = entry.lock()) listeners.push_back(std::move(alive));
    }
  }
  for (const auto& listener : listeners) {
    const std::lock_guard lock(listener->mutex);
    if (!listener->call) continue;
    try {
      listener->call(sequence);
    } catch (const std::exception& broken) {
      base::LogError("commit_listener_failed", {{"detail", broken.what()}});
    }
  }
}

void Writer::CheckpointIfDue(bool idle) {
  if (device_failed_ || database_ == nullptr) return;
  const int pages = database_->wal_pages();
  if (pages < checkpointed_at_pages_) checkpointed_at_pages_ = 0;  // the WAL has begun anew
  const int due = checkpointed_at_pages_ + limits_.checkpoint_pages * (idle ? 1 : 4);
  if (pages < due) return;
  const bool too_long = pages >= limits_.restart_pages;
  const base::Status done =
      database_->RunCheckpoint(pages >= 2 * limits_.restart_pages ? Database::Checkpoint::kTruncate
                               : too_long                         ? Database::Checkpoint::kRestart
                                                                  : Database::Checkpoint::kPassive);
  checkpointed_at_pages_ = database_->wal_pages();
  if (done.ok()) return;
  base::LogError("store_checkpoint_failed", {{"detail", done.error().detail}});
  device_failed_ = database_->last_failure() == Database::Failure::kDevice;
}

}  // namespace storage::sqlite
