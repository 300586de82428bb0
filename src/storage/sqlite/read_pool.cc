#include "storage/sqlite/read_pool.h"

#include <chrono>

namespace storage::sqlite {

base::Result<ReadPool::Lease> ReadPool::Take() {
  {
    std::unique_lock lock(mutex_);
    const bool ready = free_.wait_for(lock, std::chrono::seconds(5),
                                      [this] { return !idle_.empty() || opened_ < most_; });
    if (!ready) {
      return base::Unavailable("Máy chủ đang quá tải. Hãy thử lại sau ít giây.",
                               "no read connection free");
    }
    if (!idle_.empty()) {
      std::unique_ptr<Database> database = std::move(idle_.back());
      idle_.pop_back();
      return Lease(this, std::move(database));
    }
    ++opened_;
  }
  base::Result<std::unique_ptr<Database>> opened = Database::Open(options_);
  if (opened.ok()) return Lease(this, std::move(*opened));
  const std::lock_guard lock(mutex_);
  --opened_;
  return opened.error();
}

void ReadPool::GiveBack(std::unique_ptr<Database> database) {
  // A connection that could not even end its transaction is of no more use.
  const bool usable = !database->InTransaction();
  {
    const std::lock_guard lock(mutex_);
    if (usable) {
      idle_.push_back(std::move(database));
    } else {
      --opened_;
    }
  }
  free_.notify_one();
}

}  // namespace storage::sqlite
