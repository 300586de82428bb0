#include "storage/sqlite/backup.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <unistd.h>
#include <zstd.h>

#include "base/check.h"
#include "base/text.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/sealing.h"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

// File: kMagic, cipher name, LF, salt in hex, LF, recovery wrap (with its LF); then chunks of
// 4 bytes of length (big endian) and as many sealed bytes. The last chunk is sealed as the last.
constexpr std::string_view kMagic = "tram-backup-1\n";
constexpr std::string_view kPurpose = "tram backup, version 1";
constexpr size_t kChunkBytes = 1 << 20;
constexpr size_t kPageBytes = 4096;
constexpr int kLevel = 3;

struct Close {
  void operator()(FILE* file) const { fclose(file); }
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
using File = std::unique_ptr<FILE, Close>;

base::Error WriteFailed() {
  return base::Unavailable("Không ghi được tệp sao lưu. Hãy kiểm tra dung lượng ổ đĩa.");
}
base::Error NotABackup() { return base::Unprocessable("Đây không phải là tệp sao lưu của Tram."); }
base::Error Damaged() {
  return base::Unprocessable("Tệp sao lưu đã bị hỏng hoặc bị cắt ngắn, hoặc khóa không đúng.");
}

std::string Nonce(uint64_t counter) {
  std::string nonce(kNonceBytes, '\0');
  for (size_t i = 0; i < 8; ++i) {
    nonce[kNonceBytes - 1 - i] = static_cast<char>(counter >> (8 * i) & 0xFF);
  }
  return nonce;
}

enum class Place { kMiddle, kLast };
std::string_view Associated(Place place) { return place == Place::kLast ? "last" : "middle"; }

class ChunkWriter {
 public:
  ChunkWriter(FILE* file, std::string key)
      : file_(file),
        key_(std::move(key)),
        zstd_(ZSTD_createCCtx()),
        out_(ZSTD_CStreamOutSize(), '\0') {
    ZSTD_CCtx_setParameter(zstd_.get(), ZSTD_c_compressionLevel, kLevel);
  }

  base::Status Add(std::string_view bytes) { return Compress(bytes, ZSTD_e_continue); }
  base::Status End() {
    TRY(Compress({}, ZSTD_e_end));
    return WriteChunk(std::exchange(pending_, {}), Place::kLast);
  }

 private:
  base::Status Compress(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (true) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const size_t left = ZSTD_compressStream2(zstd_.get(), &out, &in, directive);
      CHECK(ZSTD_isError(left) == 0);
      pending_.append(out_.data(), out.pos);
      while (pending_.size() > kChunkBytes) {
        TRY(WriteChunk(std::string_view(pending_).substr(0, kChunkBytes), Place::kMiddle));
        pending_.erase(0, kChunkBytes);
      }
      if (directive == ZSTD_e_end ? left == 0 : in.pos == in.size) return base::Ok();
    }
  }

  base::Status WriteChunk(std::string_view plain, Place place) {
    const std::string sealed = Seal(key_, Nonce(++counter_), plain, Associated(place));
    const auto size = static_cast<uint32_t>(sealed.size());
    const std::array<char, 4> head = {static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                                      static_cast<char>(size >> 8), static_cast<char>(size)};
    if (fwrite(head.data(), 1, head.size(), file_) != head.size() ||
        fwrite(sealed.data(), 1, sealed.size(), file_) != sealed.size()) {
      return WriteFailed();
    }
    return base::Ok();
  }

  FILE* file_;
  const std::string key_;
  std::unique_ptr<ZSTD_CCtx, Close> zstd_;
  std::string out_;
  std::string pending_;
  uint64_t counter_ = 0;
};

class ChunkReader {
 public:
  ChunkReader(FILE* file, std::string key)
      : file_(file), key_(std::move(key)), zstd_(ZSTD_createDCtx()) {}

  // False after the last page, when the last chunk was there and whole.
  base::Result<bool> NextPage(std::string& page) {
    while (plain_.size() < kPageBytes && !ended_) TRY(ReadChunk());
    if (plain_.empty()) return false;
    if (plain_.size() < kPageBytes) return Damaged();
    page.assign(plain_, 0, kPageBytes);
    plain_.erase(0, kPageBytes);
    return true;
  }

 private:
  base::Status ReadChunk() {
    std::array<unsigned char, 4> head{};
    if (fread(head.data(), 1, head.size(), file_) != head.size()) return Damaged();
    const uint32_t size = static_cast<uint32_t>(head[0]) << 24 |
                          static_cast<uint32_t>(head[1]) << 16 |
                          static_cast<uint32_t>(head[2]) << 8 | head[3];
    if (size < kTagBytes || size > kChunkBytes + kTagBytes) return Damaged();
    std::string sealed(size, '\0');
    if (fread(sealed.data(), 1, sealed.size(), file_) != sealed.size()) return Damaged();
    const std::string nonce = Nonce(++counter_);
    std::optional<std::string> plain = Unseal(key_, nonce, sealed, Associated(Place::kMiddle));
    if (!plain.has_value()) {
      plain = Unseal(key_, nonce, sealed, Associated(Place::kLast));
      ended_ = true;
    }
    if (!plain.has_value()) return Damaged();
    return Decompress(*plain);
  }

  base::Status Decompress(std::string_view bytes) {
    std::string out(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) {
      ZSTD_outBuffer buffer{out.data(), out.size(), 0};
      if (ZSTD_isError(ZSTD_decompressStream(zstd_.get(), &buffer, &in)) != 0) return Damaged();
      plain_.append(out.data(), buffer.pos);
    }
    return base::Ok();
  }

  FILE* file_;
  const std::string key_;
  std::unique_ptr<ZSTD_DCtx, Close> zstd_;
  std::string plain_;
  uint64_t counter_ = 0;
  bool ended_ = false;
};

struct Header {
  std::string cipher;
  std::string salt;  // bytes
  std::string recovery;

  std::string Text() const {
    return std::string(kMagic) + cipher + "\n" + base::ToHex(salt) + "\n" + recovery + "\n";
  }
  // The header goes into the key, so that a changed one opens nothing.
  std::string ChunkKey(std::string_view data_key) const {
    return DeriveKey(data_key, salt, std::string(kPurpose) + "\n" + Text());
  }
};

base::Result<std::string> ReadLine(FILE* file) {
  std::string line;
  for (int letter = fgetc(file); letter != '\n'; letter = fgetc(file)) {
    if (letter == EOF || line.size() > 1'000) return NotABackup();
    line += static_cast<char>(letter);
  }
  return line;
}

base::Result<Header> ReadHeader(FILE* file) {
  Header header;
  TRY_ASSIGN(const std::string magic, ReadLine(file));
  if (magic + "\n" != kMagic) return NotABackup();
  TRY_ASSIGN(header.cipher, ReadLine(file));
  TRY_ASSIGN(const std::string salt, ReadLine(file));
  TRY_ASSIGN(header.recovery, ReadLine(file));
  const std::optional<std::string> bytes = base::FromHex(salt);
  if (!bytes.has_value()) return NotABackup();
  header.salt = *bytes;
  return header;
}

base::Status WritePages(Database& reader, ChunkWriter& chunks) {
  TRY_ASSIGN(Statement pages, reader.Prepare("SELECT data FROM sqlite_dbpage ORDER BY pgno"));
  while (true) {
    TRY_ASSIGN(const bool row, pages.Step());
    if (!row) return chunks.End();
    TRY(chunks.Add(pages.Blob(0)));
  }
}

base::Status WriteWhole(Database& reader, const DataFolder& folder, FILE* file,
                        base::Random& random) {
  TRY_ASSIGN(const PageKey key, LoadPageKey(folder));
  TRY_ASSIGN(const std::string recovery, ReadSmallFile(folder.directory + "/recovery.key"));
  const Header header{.cipher = std::string(Name(key.cipher)),
                      .salt = random.Bytes(16),
                      .recovery = std::string(base::Trim(recovery))};
  const std::string head = header.Text();
  if (fwrite(head.data(), 1, head.size(), file) != head.size()) return WriteFailed();
  ChunkWriter chunks(file, header.ChunkKey(key.bytes));
  TRY(reader.Execute("BEGIN"));
  base::Status written = WritePages(reader, chunks);
  TRY(reader.Execute("COMMIT"));
  TRY(std::move(written));
  if (fflush(file) != 0 || fsync(fileno(file)) != 0) return WriteFailed();
  return base::Ok();
}

base::Status FillPages(Database& database, ChunkReader& chunks) {
  TRY_ASSIGN(Statement insert,
             database.Prepare("INSERT INTO sqlite_dbpage(pgno, data) VALUES(?,?)"));
  std::string page;
  for (int64_t number = 1;; ++number) {
    TRY_ASSIGN(const bool more, chunks.NextPage(page));
    if (!more) return number > 1 ? base::Ok() : base::Status(Damaged());
    TRY(insert.Bind(1, number).BindBlob(2, page).Run());
  }
}

base::Status CheckIntegrity(Database& database) {
  TRY_ASSIGN(Statement check, database.Prepare("PRAGMA integrity_check(1)"));
  TRY_ASSIGN(const bool row, check.Step());
  return row && check.Text(0) == "ok" ? base::Ok() : base::Status(Damaged());
}

base::Status RestorePages(ChunkReader& chunks, const DataFolder& folder, const PageKey& key) {
  Database::Options options{
      .path = DatabasePath(folder), .key = key, .role = Database::Role::kRepair};
  {
    TRY_ASSIGN(const std::unique_ptr<Database> database, Database::Open(options));
    // A failed restore is thrown away whole, so no journal is needed to undo it.
    TRY(database->Execute("PRAGMA journal_mode=OFF; BEGIN IMMEDIATE"));
    TRY(FillPages(*database, chunks));
    TRY(database->Execute("COMMIT"));
  }
  options.role = Database::Role::kWriter;
  TRY_ASSIGN(const std::unique_ptr<Database> database, Database::Open(options));
  TRY(CheckIntegrity(*database));
  // A restored copy forks from the original: whoever syncs with it must see that.
  return database->Execute(
      "INSERT INTO property(name, value) VALUES('epoch', 1) "
      "ON CONFLICT(name) DO UPDATE SET value=value+1");
}

void RemoveDatabase(const DataFolder& folder) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    fs::remove(DatabasePath(folder) + suffix, ignored);
  }
}

}  // namespace

base::Status WriteBackup(Database& reader, const DataFolder& folder, const std::string& path,
                         base::Random& random) {
  const std::string draft = path + ".part";
  File file(fopen(draft.c_str(), "wbx"));
  if (file == nullptr) return WriteFailed();
  std::error_code failed;
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, failed);
  base::Status written = WriteWhole(reader, folder, file.get(), random);
  file.reset();
  if (written.ok()) fs::rename(draft, path, failed);
  if (written.ok() && !failed) return base::Ok();
  std::error_code ignored;
  fs::remove(draft, ignored);
  return written.ok() ? base::Status(WriteFailed()) : written;
}

base::Status RestoreBackup(const std::string& path, const DataFolder& folder,
                           const BackupKey& key) {
  if (HasDatabase(folder)) {
    return base::Conflict("Thư mục này đã có dữ liệu. Hãy khôi phục vào thư mục mới.");
  }
  const File file(fopen(path.c_str(), "rb"));
  if (file == nullptr) return base::NotFound("Không mở được tệp sao lưu.");
  TRY_ASSIGN(const Header header, ReadHeader(file.get()));
  PageKey page_key{.bytes = key.data_key};
  TRY_ASSIGN(page_key.cipher, ParseCipher(header.cipher));
  if (page_key.bytes.empty()) {
    TRY_ASSIGN(page_key.bytes, UnwrapKey(header.recovery, key.recovery_key));
  }
  if (page_key.bytes.size() != kKeyBytes) return Damaged();
  std::error_code failed;
  fs::create_directories(folder.directory, failed);
  if (failed) return base::Unprocessable("Không tạo được thư mục dữ liệu.");
  fs::permissions(folder.directory, fs::perms::owner_all, failed);

  ChunkReader chunks(file.get(), header.ChunkKey(page_key.bytes));
  if (base::Status restored = RestorePages(chunks, folder, page_key); !restored.ok()) {
    RemoveDatabase(folder);
    return restored;
  }
  TRY(WriteSmallFile(folder.directory + "/cipher", Name(page_key.cipher)));
  TRY(WriteSmallFile(folder.directory + "/key", base::ToHex(page_key.bytes) + "\n"));
  return WriteSmallFile(folder.directory + "/recovery.key", header.recovery + "\n");
}

}  // namespace storage::sqlite
