// The connections that read, opened when first needed and reused.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class ReadPool {
 public:
  ReadPool(Database::Options options, size_t most) : options_(std::move(options)), most_(most) {}

  class Lease {
   public:
    Lease(ReadPool* pool, std::unique_ptr<Database> database)
        : pool_(pool), database_(std::move(database)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (database_ != nullptr) pool_->GiveBack(std::move(database_));
    }
    Database& database() { return *database_; }

   private:
    ReadPool* pool_;
    std::unique_ptr<Database> database_;
  };

  // Waits up to five seconds for a free connection, then kUnavailable.
  base::Result<Lease> Take();

 private:
  void GiveBack(std::unique_ptr<Database> database);

  const Database::Options options_;
  const size_t most_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Database>> idle_;
  size_t opened_ = 0;
};

}  // namespace storage::sqlite
