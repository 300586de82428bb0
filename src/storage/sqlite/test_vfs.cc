#include "storage/sqlite/test_vfs.h"

#include <atomic>
#include <cstring>

#include <sqlite3.h>

#include "base/check.h"

namespace storage::sqlite {
namespace {

constexpr char kName[] = "tram-test";

std::atomic<DiskHook> g_hook{nullptr};  // SQLite's VFS calls carry nothing of ours

int Ask(DiskOperation operation) {
  const DiskHook hook = g_hook;
  return hook == nullptr ? SQLITE_OK : hook(operation);
}

struct HookedFile {
  sqlite3_file base;
  sqlite3_file* real;
};
sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<HookedFile*>(file)->real; }
sqlite3_vfs* RealVfs() { return static_cast<sqlite3_vfs*>(sqlite3_vfs_find("unix")); }

int Close(sqlite3_file* file) {
  const int code = Real(file)->pMethods->xClose(Real(file));
  sqlite3_free(Real(file));
  return code;
}
int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return Real(file)->pMethods->xRead(Real(file), bytes, size, at);
}
int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  sqlite3_int64 end = 0;
  Real(file)->pMethods->xFileSize(Real(file), &end);
  const int code = Ask(at + size > end ? DiskOperation::kGrow : DiskOperation::kWrite);
  return code != SQLITE_OK ? code : Real(file)->pMethods->xWrite(Real(file), bytes, size, at);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Real(file)->pMethods->xTruncate(Real(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  const int code = Ask(DiskOperation::kSync);
  return code != SQLITE_OK ? code : Real(file)->pMethods->xSync(Real(file), flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Real(file)->pMethods->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) { return Real(file)->pMethods->xLock(Real(file), level); }
int Unlock(sqlite3_file* file, int level) {
  return Real(file)->pMethods->xUnlock(Real(file), level);
}
int CheckLock(sqlite3_file* file, int* held) {
  return Real(file)->pMethods->xCheckReservedLock(Real(file), held);
}
int Control(sqlite3_file* file, int operation, void* argument) {
  return Real(file)->pMethods->xFileControl(Real(file), operation, argument);
}
int SectorSize(sqlite3_file* file) { return Real(file)->pMethods->xSectorSize(Real(file)); }
int Characteristics(sqlite3_file* file) {
  return Real(file)->pMethods->xDeviceCharacteristics(Real(file));
}
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return Real(file)->pMethods->xShmMap(Real(file), page, size, extend, out);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  const int code = Ask(DiskOperation::kShmLock);
  return code != SQLITE_OK ? code
                           : Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) { Real(file)->pMethods->xShmBarrier(Real(file)); }
int ShmUnmap(sqlite3_file* file, int remove) {
  return Real(file)->pMethods->xShmUnmap(Real(file), remove);
}

// No memory mapping; version 3 of the methods only so that SQLite calls Unfetch.
int Fetch(sqlite3_file* /*file*/, sqlite3_int64 /*at*/, int /*size*/, void** page) {
  *page = nullptr;
  return SQLITE_OK;
}
int Unfetch(sqlite3_file* /*file*/, sqlite3_int64 /*at*/, void* /*page*/) {
  return Ask(DiskOperation::kUnfetch);
}

constexpr sqlite3_io_methods kMethods = {
    3,        Close,     Read,    Write,      Truncate,        Sync,   FileSize, Lock,
    Unlock,   CheckLock, Control, SectorSize, Characteristics, ShmMap, ShmLock,  ShmBarrier,
    ShmUnmap, Fetch,     Unfetch};

int Open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* hooked = reinterpret_cast<HookedFile*>(file);
  hooked->base.pMethods = nullptr;
  hooked->real = static_cast<sqlite3_file*>(sqlite3_malloc(static_cast<int>(RealVfs()->szOsFile)));
  std::memset(hooked->real, 0, static_cast<size_t>(RealVfs()->szOsFile));
  const int code = RealVfs()->xOpen(RealVfs(), name, hooked->real, flags, out_flags);
  if (code != SQLITE_OK) {
    sqlite3_free(hooked->real);
    return code;
  }
  hooked->base.pMethods = &kMethods;
  return SQLITE_OK;
}

// Registers the VFS once.
void Register() {
  static sqlite3_vfs vfs;
  static const bool registered = [] {
    sqlite3_initialize();
    vfs = *RealVfs();
    vfs.zName = kName;
    vfs.szOsFile = sizeof(HookedFile);
    vfs.pNext = nullptr;
    vfs.xOpen = Open;
    return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK &&
           sqlite3mc_vfs_create(kName, 0) == SQLITE_OK;
  }();
  CHECK(registered);
}

}  // namespace

void SetDiskHook(DiskHook hook) { g_hook = hook; }

std::string TestVfs() {
  Register();
  return std::string("multipleciphers-") + kName;
}

std::string PlainTestVfs() {
  Register();
  return kName;
}

}  // namespace storage::sqlite
