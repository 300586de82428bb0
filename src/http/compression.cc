#include "http/compression.h"

#include <algorithm>
#include <array>

#include <zlib.h>

#include "base/check.h"
#include "base/text.h"

namespace http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, gzip framing
constexpr size_t kSmallestWorthIt = 1024;

Bytef* Bytes(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

bool IsText(std::string_view content_type) {
  for (const std::string_view prefix :
       {"application/json", "application/fhir+json", "text/", "application/xml",
        "application/fhir+ndjson", "image/svg+xml"}) {
    if (content_type.starts_with(prefix)) return true;
  }
  return false;
}

}  // namespace

std::string Gzip(std::string_view bytes, int level) {
  z_stream stream{};
  CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = Bytes(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = Bytes(out);
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  CHECK(status == Z_STREAM_END);
  return out;
}

base::Result<std::string> Gunzip(std::string_view bytes, size_t max_bytes) {
  z_stream stream{};
  CHECK(inflateInit2(&stream, kGzipWindow) == Z_OK);
  const size_t by_ratio = (bytes.size() + 1024) * base::kMaxCompressionRatio;
  const size_t limit = std::min(max_bytes, by_ratio);
  stream.next_in = Bytes(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 64 * 1024> buffer{};
  int status = Z_OK;
  while (status != Z_STREAM_END) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    const size_t made = buffer.size() - stream.avail_out;
    const bool is_stuck = status == Z_OK && made == 0 && stream.avail_in == 0;
    if ((status != Z_OK && status != Z_STREAM_END) || is_stuck) {
      inflateEnd(&stream);
      return base::Invalid("Tệp nén gzip bị hỏng hoặc bị cắt.");
    }
    if (out.size() + made > limit) {
      inflateEnd(&stream);
      return base::Error{base::ErrorCode::kTooLarge, "Tệp nén bung ra quá lớn."};
    }
    out.append(buffer.data(), made);
    // A gzip file may be several members one after another.
    if (status == Z_STREAM_END && stream.avail_in > 0) {
      if (inflateReset(&stream) != Z_OK) break;
      status = Z_OK;
    }
  }
  inflateEnd(&stream);
  return out;
}

bool AcceptsEncoding(const Headers& headers, std::string_view encoding) {
  for (const std::string_view item : base::Split(headers.Get("Accept-Encoding"), ',')) {
    const auto parts = base::Split(item, ';');
    if (!EqualsIgnoringCase(base::Trim(parts[0]), encoding)) continue;
    for (size_t i = 1; i < parts.size(); ++i) {
      const std::string_view parameter = base::Trim(parts[i]);
      if (parameter.starts_with("q=") &&
          parameter.find_first_of("123456789") == std::string_view::npos) {
        return false;
      }
    }
    return true;
  }
  return false;
}

void CompressAnswer(const Request& request, Response& response) {
  if (response.source || response.body.size() < kSmallestWorthIt) return;
  if (response.headers.Has("Content-Encoding") || !IsText(response.headers.Get("Content-Type"))) {
    return;
  }
  response.headers.Add("Vary", "Accept-Encoding");
  if (!AcceptsEncoding(request.headers, "gzip")) return;
  response.body = Gzip(response.body);
  response.headers.Add("Content-Encoding", "gzip");
}

}  // namespace http
