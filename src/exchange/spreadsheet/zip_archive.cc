#include "exchange/spreadsheet/zip_archive.h"

#include <array>

#include <zlib.h>

#include "base/limits.h"

namespace exchange::spreadsheet {
namespace {

// Layout: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
constexpr uint32_t kEndSignature = 0x06054b50;
constexpr uint32_t kCentralSignature = 0x02014b50;
constexpr uint32_t kLocalSignature = 0x04034b50;
constexpr size_t kEndSize = 22;
constexpr size_t kCentralSize = 46;
constexpr size_t kLocalSize = 30;
constexpr size_t kMaxComment = 65'535;
constexpr size_t kMaxEntries = 4'096;
constexpr uint16_t kStored = 0;
constexpr uint16_t kDeflated = 8;
constexpr uint16_t kEncryptedFlag = 1;

uint16_t Word(std::string_view bytes, size_t at) {
  return static_cast<uint16_t>(static_cast<unsigned char>(bytes[at]) |
                               static_cast<unsigned char>(bytes[at + 1]) << 8);
}

uint32_t Long(std::string_view bytes, size_t at) {
  return Word(bytes, at) | static_cast<uint32_t>(Word(bytes, at + 2)) << 16;
}

base::Error Broken(std::string detail) {
  return base::Invalid(
      "Tệp nén bị hỏng hoặc không phải tệp Excel (.xlsx). Hãy mở bằng Excel, lưu lại rồi nhập lại.",
      {}, std::move(detail));
}

base::Error TooLarge() {
  return {base::ErrorCode::kTooLarge, "Nội dung giải nén của tệp lớn hơn mức cho phép."};
}

// The end record stands last, before a comment of its own length.
size_t FindEnd(std::string_view bytes) {
  if (bytes.size() < kEndSize) return std::string_view::npos;
  const size_t lowest =
      bytes.size() > kEndSize + kMaxComment ? bytes.size() - kEndSize - kMaxComment : 0;
  for (size_t at = bytes.size() - kEndSize + 1; at-- > lowest;) {
    if (Long(bytes, at) == kEndSignature && at + kEndSize + Word(bytes, at + 20) == bytes.size())
      return at;
  }
  return std::string_view::npos;
}

// Owns the zlib state for one entry.
class Inflater {
 public:
  Inflater() { ok_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK; }
  ~Inflater() {
    if (ok_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool ok() const { return ok_; }
  void SetInput(std::string_view packed) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
  }
  // One piece of output; Z_OK, Z_STREAM_END or an error.
  int Next(std::array<char, 64 * 1024>& buffer, size_t& produced) {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(buffer.size());
    const int code = inflate(&stream_, Z_NO_FLUSH);
    produced = buffer.size() - stream_.avail_out;
    return code;
  }

 private:
  z_stream stream_{};
  bool ok_ = false;
};

}  // namespace

base::Result<ZipArchive> ZipArchive::Open(std::string_view bytes) {
  if (bytes.size() > base::kMaxDecompressedBytes) return TooLarge();
  const size_t end = FindEnd(bytes);
  if (end == std::string_view::npos) return Broken("no end record");
  const size_t count = Word(bytes, end + 10);
  size_t at = Long(bytes, end + 16);
  if (Word(bytes, end + 4) != 0 || Word(bytes, end + 8) != count) return Broken("split archive");
  if (count > kMaxEntries || at == UINT32_MAX) return Broken("zip64 or too many entries");

  ZipArchive archive;
  archive.bytes_ = bytes;
  for (size_t i = 0; i < count; ++i) {
    if (at > end || end - at < kCentralSize || Long(bytes, at) != kCentralSignature) {
      return Broken("central directory");
    }
    const size_t name_size = Word(bytes, at + 28);
    const size_t record = kCentralSize + name_size + Word(bytes, at + 30) + Word(bytes, at + 32);
    if (end - at < record) return Broken("central directory");
    if ((Word(bytes, at + 8) & kEncryptedFlag) != 0) {
      return base::Invalid("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.");
    }
    archive.entries_.push_back({.name = std::string(bytes.substr(at + kCentralSize, name_size)),
                                .method = Word(bytes, at + 10),
                                .crc = Long(bytes, at + 16),
                                .packed_size = Long(bytes, at + 20),
                                .header_offset = Long(bytes, at + 42)});
    at += record;
  }
  return archive;
}

const ZipArchive::Entry* ZipArchive::Find(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

bool ZipArchive::Has(std::string_view name) const { return Find(name) != nullptr; }

base::Result<std::string_view> ZipArchive::PackedBytes(const Entry& entry) const {
  const size_t at = entry.header_offset;
  if (at > bytes_.size() || bytes_.size() - at < kLocalSize ||
      Long(bytes_, at) != kLocalSignature) {
    return Broken("local header");
  }
  const size_t data = at + kLocalSize + Word(bytes_, at + 26) + Word(bytes_, at + 28);
  if (data > bytes_.size() || bytes_.size() - data < entry.packed_size) return Broken("entry size");
  return bytes_.substr(data, entry.packed_size);
}

base::Status ZipArchive::Read(std::string_view name, size_t max_bytes,
                              const std::function<base::Status(std::string_view)>& sink) const {
  const Entry* entry = Find(name);
  if (entry == nullptr) return Broken("no such entry");
  TRY_ASSIGN(const std::string_view packed, PackedBytes(*entry));
  // Small parts may compress better than the ratio without harm.
  const size_t ratio_cap = std::max<size_t>(packed.size() * base::kMaxCompressionRatio, 1UL << 20);
  const size_t cap = std::min(max_bytes, ratio_cap);

  uLong crc = crc32(0, nullptr, 0);
  if (entry->method == kStored) {
    if (packed.size() > cap) return TooLarge();
    crc =
        crc32(crc, reinterpret_cast<const Bytef*>(packed.data()), static_cast<uInt>(packed.size()));
    if (crc != entry->crc) return Broken("crc");
    return sink(packed);
  }
  if (entry->method != kDeflated) return Broken("compression method");

  Inflater inflater;
  if (!inflater.ok()) return base::Internal("inflateInit2");
  inflater.SetInput(packed);
  std::array<char, 64 * 1024> buffer{};
  size_t total = 0;
  for (int code = Z_OK; code != Z_STREAM_END;) {
    size_t produced = 0;
    code = inflater.Next(buffer, produced);
    if (code != Z_OK && code != Z_STREAM_END) return Broken("deflate");
    total += produced;
    if (total > cap) return TooLarge();
    crc = crc32(crc, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<uInt>(produced));
    TRY(sink(std::string_view(buffer.data(), produced)));
  }
  if (crc != entry->crc) return Broken("crc");
  return base::Ok();
}

}  // namespace exchange::spreadsheet
