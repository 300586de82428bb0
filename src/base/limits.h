// The limits contract that every parser of outside bytes shares. Source of the numbers: measured
// differences between parsers, docs/security.md.
#pragma once

#include <cstddef>

namespace base {

struct JsonLimits {
  size_t max_bytes = 5 * 1024 * 1024;
  int max_depth = 64;
  size_t max_string_bytes = 1024 * 1024;
};

// A FHIR resource from a browser or partner; a bundle from a partner or an import.
inline constexpr JsonLimits kResourceLimits{.max_bytes = 5UL << 20};
inline constexpr JsonLimits kBundleLimits{.max_bytes = 64UL << 20, .max_string_bytes = 5UL << 20};
inline constexpr size_t kMaxBundleEntries = 10'000;
inline constexpr size_t kMaxBrowserBundleEntries = 500;

inline constexpr size_t kMaxHttpHeaderBytes = 16 * 1024;
inline constexpr size_t kMaxUrlBytes = 8 * 1024;
inline constexpr size_t kMaxAnonymousBodyBytes = 4 * 1024;
inline constexpr size_t kMaxPageSize = 1'000;
inline constexpr size_t kMaxSearchParameters = 30;
inline constexpr size_t kMaxIncludedResources = 10'000;

inline constexpr int kMaxXmlAttributes = 64;
inline constexpr int kMaxXmlDepth = 64;
inline constexpr size_t kMaxDecompressedBytes = 20UL << 20;
inline constexpr size_t kMaxCompressionRatio = 100;

inline constexpr size_t kMaxScanBytes = 2'048;  // what a barcode scanner can type at once

}  // namespace base
