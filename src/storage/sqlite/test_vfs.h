// For tests: a VFS that passes everything to the system's after asking a hook, which may fail or
// delay it. It goes below the cipher's layer: above it, connections cannot open each other's files.
#pragma once

#include <string>

namespace storage::sqlite {

enum class DiskOperation {
  kWrite,  // within what the file has
  kGrow,   // a write beyond its end
  kSync,
  kShmLock,  // of the WAL's index
  kUnfetch,  // a checkpointer has read the WAL's header and not yet looked how far it is
};

// 0 to go on, else the SQLite code to fail with. Called from any thread.
using DiskHook = int (*)(DiskOperation operation);
void SetDiskHook(DiskHook hook);

// Registered on first use: for encrypted files, and the same without the cipher's layer.
std::string TestVfs();
std::string PlainTestVfs();

}  // namespace storage::sqlite
