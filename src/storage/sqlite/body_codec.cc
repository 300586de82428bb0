#include "storage/sqlite/body_codec.h"

#include <zstd.h>

#include "base/check.h"
#include "base/json.h"
#include "storage/sqlite/dictionary.h"

namespace storage::sqlite {
namespace {

constexpr int kLevel = 3;
// Far above the largest resource the limits contract lets in: a damaged length must not make us
// allocate the machine's memory.
constexpr unsigned long long kMaxBodyBytes = 256ULL << 20;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Contexts hold work memory only; making one costs more than a small body.
ZSTD_CCtx* CompressionContext() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  CHECK(context != nullptr);
  return context.get();
}

ZSTD_DCtx* DecompressionContext() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  CHECK(context != nullptr);
  return context.get();
}

void AppendVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

bool TakeVarint(std::string_view& in, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 63 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Appends `"meta":{` and the members of `meta` that are kept; returns where the spliced members go.
size_t AppendMeta(std::string& out, fhir::model::Node meta) {
  out += "\"meta\":{";
  const size_t splice_at = out.size();
  for (const fhir::model::Node member : meta) {
    if (member.name() == "versionId" || member.name() == "lastUpdated") continue;
    if (out.size() > splice_at) out += ',';
    base::AppendJsonString(out, member.name());
    out += ':';
    member.AppendJson(out);
  }
  out += '}';
  return splice_at;
}

struct PlainBody {
  std::string text;
  size_t splice_at = 0;
};

PlainBody MakePlainBody(const fhir::model::Document& document) {
  PlainBody body;
  const fhir::model::Node root = document.root();
  const bool has_meta = root["meta"].IsObject();
  body.text += '{';
  for (const fhir::model::Node member : root) {
    if (body.text.size() > 1) body.text += ',';
    if (has_meta && member.name() == "meta") {
      body.splice_at = AppendMeta(body.text, member);
      continue;
    }
    base::AppendJsonString(body.text, member.name());
    body.text += ':';
    member.AppendJson(body.text);
    if (!has_meta && member.name() == "id") {
      body.text += ',';
      body.splice_at = AppendMeta(body.text, fhir::model::Node());
    }
  }
  body.text += '}';
  CHECK(body.splice_at > 0);  // a stored document has an id
  return body;
}

base::Error Damaged() { return base::Internal("stored body cannot be decompressed"); }

}  // namespace

struct BodyCodec::Dictionaries {
  ZSTD_CDict* compress = nullptr;
  ZSTD_DDict* decompress = nullptr;
  ~Dictionaries() {
    ZSTD_freeCDict(compress);
    ZSTD_freeDDict(decompress);
  }
};

BodyCodec::BodyCodec() {
  const std::string_view bytes = BodyDictionary();
  auto dictionaries = std::make_unique<Dictionaries>();
  dictionaries->compress = ZSTD_createCDict(bytes.data(), bytes.size(), kLevel);
  dictionaries->decompress = ZSTD_createDDict(bytes.data(), bytes.size());
  CHECK(dictionaries->compress != nullptr && dictionaries->decompress != nullptr);
  dictionaries_ = std::move(dictionaries);
}

BodyCodec::~BodyCodec() = default;

std::string BodyCodec::Compress(std::string_view text) const {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const size_t size = ZSTD_compress_usingCDict(CompressionContext(), out.data(), out.size(),
                                               text.data(), text.size(), dictionaries_->compress);
  CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

base::Result<std::string> BodyCodec::Decompress(std::string_view compressed) const {
  const unsigned long long size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxBodyBytes) {
    return Damaged();
  }
  std::string out(size, '\0');
  const size_t got =
      ZSTD_decompress_usingDDict(DecompressionContext(), out.data(), out.size(), compressed.data(),
                                 compressed.size(), dictionaries_->decompress);
  if (ZSTD_isError(got) != 0 || got != size) return Damaged();
  return out;
}

std::string BodyCodec::Encode(const fhir::model::Document& document) const {
  const PlainBody body = MakePlainBody(document);
  std::string out;
  AppendVarint(out, body.splice_at);
  out += Compress(body.text);
  return out;
}

base::Result<std::string> BodyCodec::DecodePlain(std::string_view stored) const {
  uint64_t splice_at = 0;
  if (!TakeVarint(stored, splice_at)) return Damaged();
  return Decompress(stored);
}

base::Result<std::string> BodyCodec::Decode(std::string_view stored, int64_t version,
                                            base::Instant last_updated) const {
  uint64_t splice_at = 0;
  if (!TakeVarint(stored, splice_at)) return Damaged();
  TRY_ASSIGN(std::string text, Decompress(stored));
  if (splice_at >= text.size()) return Damaged();
  std::string meta = "\"versionId\":\"" + std::to_string(version) + "\",\"lastUpdated\":\"" +
                     last_updated.ToUtc() + '"';
  if (text[splice_at] != '}') meta += ',';
  text.insert(splice_at, meta);
  return text;
}

}  // namespace storage::sqlite
