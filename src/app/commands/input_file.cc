#include "app/commands/input_file.h"

#include <array>
#include <cstdio>
#include <cstring>

#include <bzlib.h>
#include <zlib.h>

#include "base/text.h"
#include "fhir/model/document.h"

namespace app::commands {
namespace {

constexpr size_t kPiece = 256 * 1024;

base::Error Damaged() { return base::Invalid("Tệp nén bị hỏng hoặc bị cắt."); }

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

// Gives unpacked bytes out of packed ones. `ended` is set when a packed stream is complete; another
// may follow (both formats allow it).
class Unpacker {
 public:
  virtual ~Unpacker() = default;
  virtual base::Result<std::string> Unpack(std::string& packed, bool& ended) = 0;
};

class Gunzipper final : public Unpacker {
 public:
  Gunzipper() { is_ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~Gunzipper() override { inflateEnd(&stream_); }
  base::Result<std::string> Unpack(std::string& packed, bool& ended) override {
    if (!is_ready_) return base::Internal("inflateInit2");
    if (ended && inflateReset(&stream_) != Z_OK) return Damaged();
    std::string out(kPiece, '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return Damaged();
    ended = status == Z_STREAM_END;
    packed.erase(0, packed.size() - stream_.avail_in);
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
  bool is_ready_ = false;
};

class Bunzipper final : public Unpacker {
 public:
  Bunzipper() { is_ready_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK; }
  ~Bunzipper() override { BZ2_bzDecompressEnd(&stream_); }
  base::Result<std::string> Unpack(std::string& packed, bool& ended) override {
    if (ended) {  // the next of several streams
      BZ2_bzDecompressEnd(&stream_);
      stream_ = {};
      is_ready_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    }
    if (!is_ready_) return base::Internal("BZ2_bzDecompressInit");
    std::string out(kPiece, '\0');
    stream_.next_in = packed.data();
    stream_.avail_in = static_cast<unsigned>(packed.size());
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<unsigned>(out.size());
    const int status = BZ2_bzDecompress(&stream_);
    if (status != BZ_OK && status != BZ_STREAM_END) return Damaged();
    ended = status == BZ_STREAM_END;
    packed.erase(0, packed.size() - stream_.avail_in);
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  bz_stream stream_{};
  bool is_ready_ = false;
};

bool IsBlank(std::string_view text) { return base::Trim(text).empty(); }

}  // namespace

struct InputFile::Impl {
  std::unique_ptr<std::FILE, CloseFile> file;
  std::unique_ptr<Unpacker> unpacker;  // null for plain bytes
  std::string packed;
  bool file_ended = false;
  bool stream_ended = false;

  base::Status ReadFile() {
    std::array<char, 64 * 1024> buffer{};
    const size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get());
    if (count == 0) {
      if (std::ferror(file.get()) != 0) {
        return base::Unavailable("Không đọc được tệp.", std::strerror(errno));
      }
      file_ended = true;
    }
    packed.append(buffer.data(), count);
    return base::Ok();
  }
};

InputFile::InputFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
InputFile::InputFile(InputFile&&) noexcept = default;
InputFile::~InputFile() = default;

base::Result<InputFile> InputFile::Open(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->file.reset(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"));
  if (!impl->file) return base::NotFound("Không mở được tệp.");
  TRY(impl->ReadFile());
  const std::string_view magic(impl->packed);
  if (magic.starts_with("\x1f\x8b")) {
    impl->unpacker = std::make_unique<Gunzipper>();
  } else if (magic.starts_with("BZh")) {
    impl->unpacker = std::make_unique<Bunzipper>();
  }
  return InputFile(std::move(impl));
}

base::Result<std::string> InputFile::Read() {
  Impl& in = *impl_;
  while (true) {
    if (in.packed.empty() && !in.file_ended) TRY(in.ReadFile());
    if (in.packed.empty() && in.file_ended) {
      if (in.unpacker && !in.stream_ended) return Damaged();
      return std::string();
    }
    if (!in.unpacker) return std::exchange(in.packed, {});
    const size_t before = in.packed.size();
    TRY_ASSIGN(std::string out, in.unpacker->Unpack(in.packed, in.stream_ended));
    if (!out.empty()) return out;
    if (in.packed.size() == before) {
      // Nothing came and nothing went: it wants more than is there.
      if (in.file_ended) return Damaged();
      TRY(in.ReadFile());
    }
  }
}

base::Status DocumentReader::Fill() {
  TRY_ASSIGN(const std::string more, input_.Read());
  if (more.empty()) ended_ = true;
  pending_.erase(0, used_);
  used_ = 0;
  pending_ += more;
  if (pending_.size() > max_bytes_ + kPiece) {
    return base::Error{base::ErrorCode::kTooLarge, "Một tài liệu trong tệp quá lớn."};
  }
  return base::Ok();
}

base::Result<std::string> DocumentReader::TakeLine() {
  size_t searched = 0;  // of what is unused
  while (true) {
    const size_t end = pending_.find('\n', used_ + searched);
    if (end != std::string::npos) {
      std::string line = pending_.substr(used_, end - used_);
      used_ = end + 1;
      return line;
    }
    if (ended_) return TakeRest();
    searched = pending_.size() - used_;
    TRY(Fill());
  }
}

base::Result<std::string> DocumentReader::TakeRest() {
  while (!ended_) TRY(Fill());
  std::string rest = pending_.substr(used_);
  pending_.clear();
  used_ = 0;
  return rest;
}

base::Result<DocumentReader::Item> DocumentReader::Next() {
  while (true) {
    TRY_ASSIGN(std::string line, TakeLine());
    ++line_;
    if (IsBlank(line)) {
      if (ended_ && used_ == pending_.size()) return Item{};
      continue;
    }
    // A line that opens an object and does not close it begins a document over several lines.
    const std::string_view trimmed = base::Trim(line);
    if (trimmed.front() == '{' && trimmed.back() != '}') {
      const size_t first_line = line_;
      TRY_ASSIGN(const std::string rest, TakeRest());
      return Item{line + "\n" + rest, first_line};
    }
    return Item{std::move(line), line_};
  }
}

}  // namespace app::commands
