// Small files of the data folder, written so that a power cut leaves the old one or the new one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace storage::sqlite {

// kNotFound when there is none.
base::Result<std::string> ReadSmallFile(const std::string& path);
// Mode 0600; synced, renamed into place, and the folder synced too.
base::Status WriteSmallFile(const std::string& path, std::string_view content);

// One process owns a data folder at a time: held from construction to the end.
class FolderLock {
 public:
  // kConflict when another process has it.
  static base::Result<FolderLock> Take(const std::string& directory);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace storage::sqlite
