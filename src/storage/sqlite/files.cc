#include "storage/sqlite/files.h"

#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace storage::sqlite {
namespace {

constexpr size_t kMaxSmallFile = 64 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }
  bool ok() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

base::Error Failed(const char* what) {
  const int code = errno;
  base::Error error =
      base::Unprocessable("Không đọc hoặc ghi được thư mục dữ liệu. Hãy kiểm tra quyền và ổ đĩa.");
  error.detail = std::string(what) + ": errno " + std::to_string(code);
  return error;
}

base::Status SyncFolder(const std::string& directory) {
  const Descriptor folder(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || fsync(folder.get()) != 0) return Failed("sync folder");
  return base::Ok();
}

}  // namespace

base::Result<std::string> ReadSmallFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) {
    if (errno == ENOENT) return base::NotFound("Không tìm thấy tệp trong thư mục dữ liệu.");
    return Failed("open");
  }
  std::string content(kMaxSmallFile, '\0');
  const ssize_t size = read(file.get(), content.data(), content.size());
  if (size < 0) return Failed("read");
  content.resize(static_cast<size_t>(size));
  return content;
}

base::Status WriteSmallFile(const std::string& path, std::string_view content) {
  const std::string draft = path + ".new";
  {
    const Descriptor file(
        open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.ok()) return Failed("create");
    if (write(file.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
      return Failed("write");
    }
    if (fsync(file.get()) != 0) return Failed("sync");
  }
  if (rename(draft.c_str(), path.c_str()) != 0) return Failed("rename");
  return SyncFolder(std::filesystem::path(path).parent_path().string());
}

base::Result<FolderLock> FolderLock::Take(const std::string& directory) {
  const int descriptor =
      open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return Failed("lock");
  FolderLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Failed("lock");
    return base::Conflict(
        "Một chương trình Tram khác đang dùng thư mục dữ liệu này. Hãy dừng nó trước.");
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace storage::sqlite
