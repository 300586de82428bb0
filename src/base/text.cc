#include "base/text.h"

#include <array>
#include <cstring>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

namespace base {
namespace {

const icu::Normalizer2& Nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}

const icu::Normalizer2& Nfd() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFDInstance(status);
}

bool IsAscii(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

icu::UnicodeString Decompose(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  return Nfd().normalize(source, status);
}

// Calls `emit` with every base character: marks gone, đ and Đ as d and D.
template <class Emit>
void ForEachBaseCharacter(std::string_view text, Emit emit) {
  const icu::UnicodeString decomposed = Decompose(text);
  for (int32_t i = 0; i < decomposed.length();) {
    const UChar32 c = decomposed.char32At(i);
    i += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (c == 0x0111) {
      emit('d');
    } else if (c == 0x0110) {
      emit('D');
    } else {
      emit(c);
    }
  }
}

void AppendUtf8(std::string& out, UChar32 c) {
  std::array<char, 4> buffer{};
  int32_t length = 0;
  UBool error = 0;
  U8_APPEND(reinterpret_cast<uint8_t*>(buffer.data()), length, 4, c, error);
  if (error == 0) out.append(buffer.data(), static_cast<size_t>(length));
}

std::string FoldAscii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += upper ? static_cast<char>(c + 32) : c;
  }
  return out;
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

uint64_t Load64(const char* p) {
  uint64_t value = 0;
  std::memcpy(&value, p, 8);
  return value;
}

uint64_t Mix(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::string ToNfc(std::string_view text) {
  if (IsAscii(text) || !IsValidUtf8(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (Nfc().isNormalized(source, status) != 0) return std::string(text);
  std::string out;
  Nfc().normalize(source, status).toUTF8String(out);
  return out;
}

std::string Fold(std::string_view text) {
  if (IsAscii(text)) return FoldAscii(text);
  std::string out;
  out.reserve(text.size());
  bool space = false;
  ForEachBaseCharacter(text, [&](UChar32 c) {
    if (u_isalnum(c) == 0) {
      space = !out.empty();
      return;
    }
    if (space) out += ' ';
    space = false;
    AppendUtf8(out, u_tolower(c));
  });
  return out;
}

std::string ToAsciiUpper(std::string_view text) {
  std::string out;
  ForEachBaseCharacter(text, [&](UChar32 c) {
    if (c < 0x20 || c >= 0x7f) return;
    out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  });
  return out;
}

std::string ToUpper(std::string_view text) {
  auto upper = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out;
  upper.toUpper(icu::Locale("vi")).toUTF8String(out);
  return out;
}

std::string ToLower(std::string_view text) {
  auto lower = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out;
  lower.toLower(icu::Locale("vi")).toUTF8String(out);
  return out;
}

std::string_view Trim(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == separator) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return parts;
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

bool IsDigits(std::string_view text) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

size_t CodePointCount(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  out.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit(hex[i]);
    const int low = digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string ToBase64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = static_cast<unsigned char>(bytes[i]) << 16;
    if (i + 1 < bytes.size()) group |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8;
    if (i + 2 < bytes.size()) group |= static_cast<unsigned char>(bytes[i + 2]);
    out += kBase64[group >> 18];
    out += kBase64[(group >> 12) & 63];
    out += i + 1 < bytes.size() ? kBase64[(group >> 6) & 63] : '=';
    out += i + 2 < bytes.size() ? kBase64[group & 63] : '=';
  }
  return out;
}

std::optional<std::string> FromBase64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string out;
  out.reserve(text.size() * 3 / 4);
  uint32_t buffer = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '\r' || c == '\n' || c == ' ') continue;
    size_t value = kBase64.find(c);
    if (c == '-') value = 62;
    if (c == '_') value = 63;
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6) | static_cast<uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((buffer >> bits) & 0xFF);
    }
  }
  return out;
}

std::string ToBase64Url(std::string_view bytes) {
  std::string out = ToBase64(bytes);
  while (!out.empty() && out.back() == '=') out.pop_back();
  for (char& c : out) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return out;
}

// A multiply-xorshift hash over little-endian 64-bit words, the length mixed in first. Stored on
// disk in index keys: never change it; a new version needs a reindex.
uint64_t StableHash(std::string_view bytes) {
  uint64_t hash = Mix(bytes.size() * 0x9e3779b97f4a7c15ULL + 0x243f6a8885a308d3ULL);
  const char* p = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; left -= 8, p += 8) {
    hash = Mix(hash ^ Load64(p)) * 0x9fb21c651e98df25ULL;
  }
  if (left > 0) {
    std::array<char, 8> tail{};
    std::memcpy(tail.data(), p, left);
    hash = Mix(hash ^ Load64(tail.data())) * 0x9fb21c651e98df25ULL;
  }
  return Mix(hash);
}

}  // namespace base
