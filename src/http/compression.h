// gzip for answers, and bounded unpacking for what comes in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

std::string Gzip(std::string_view bytes, int level = 5);
// kTooLarge over max_bytes or over base::kMaxCompressionRatio; kInvalid if it is not gzip or cut.
base::Result<std::string> Gunzip(std::string_view bytes,
                                 size_t max_bytes = base::kMaxDecompressedBytes);

// Whether Accept-Encoding names `encoding` with a quality above 0.
bool AcceptsEncoding(const Headers& headers, std::string_view encoding);

// Compresses text answers over 1 KiB for a client that accepts gzip; leaves all others alone.
void CompressAnswer(const Request& request, Response& response);

}  // namespace http
