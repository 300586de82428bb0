#include "exchange/scan_text/scan_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/limits.h"
#include "base/text.h"

namespace exchange::scan_text {
namespace {

// The next code point of valid UTF-8; U+FFFD for a sequence cut off by the end.
char32_t NextCodePoint(std::string_view text, size_t& position) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(position);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - position < length) {
    position = text.size();
    return 0xFFFD;
  }
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) code = (code << 6) | (byte(position + i) & 0x3FU);
  position += length;
  return code;
}

template <class Predicate>
bool AnyCodePoint(std::string_view text, Predicate predicate) {
  for (size_t position = 0; position < text.size();) {
    if (predicate(NextCodePoint(text, position))) return true;
  }
  return false;
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

// Characters a person cannot see that reorder, join or hide text (Unicode UAX #9, UTR #36 §2).
bool IsInvisible(char32_t c) {
  return c == 0x00AD || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0000 && c <= 0xE0FFF) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

// UTF-8 shown through Windows-1252 or Latin-1: "Nguyễn" becomes "Nguyá»…n".
bool IsWrongCodePage(std::string_view text) {
  constexpr std::array<std::string_view, 7> kMarks{"á»", "áº", "Ä‘",     "Ä\u0090",
                                                   "Æ°", "Æ¡", "Ã\u00A0"};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

bool IsNameCharacter(char32_t c) {
  if (c < 0x80) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '\'' || c == '-' ||
           c == '.';
  }
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c <= 0x323) ||
         (c >= 0x1E00 && c <= 0x1EFF) || c == 0x2019 || c == 0x02BC;
}

std::string_view StripScannerAdditions(std::string_view text) {
  constexpr std::string_view kEnds = " \t\r\n";
  const size_t first = text.find_first_not_of(kEnds);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(kEnds) - first + 1);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // AIM symbology identifier: ']' + code letter + modifier (ISO/IEC 15424); Q is QR Code.
  if (text.size() > 3 && text[0] == ']' && (text[1] == 'Q' || text[1] == 'C' || text[1] == 'd'))
    text.remove_prefix(3);
  return text;
}

std::string SingleSpaced(std::string_view text) {
  std::string out;
  for (const char c : base::Trim(text)) {
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  return out;
}

}  // namespace

base::Result<std::string> Clean(std::string_view text) {
  if (text.size() > base::kMaxScanBytes) {
    return base::Error{base::ErrorCode::kTooLarge,
                       "Chuỗi quét quá dài. Hãy xoá ô nhập rồi quét lại một mã.",
                       "scan",
                       {}};
  }
  if (!base::IsValidUtf8(text)) {
    return base::Invalid(
        "Chuỗi quét không phải UTF-8. Hãy đặt máy quét sang bảng mã UTF-8 rồi quét lại.", "scan");
  }
  const std::string_view stripped = StripScannerAdditions(text);
  if (stripped.empty()) return base::Invalid("Chưa có gì để đọc. Hãy quét mã hoặc gõ lại.", "scan");
  if (AnyCodePoint(stripped, IsControl)) {
    return base::Invalid(
        "Chuỗi quét chứa ký tự điều khiển. Hãy quét lại từng mã một; nếu vẫn lỗi, gõ tay.", "scan");
  }
  if (AnyCodePoint(stripped, [](char32_t c) { return c == 0xFFFD; }) || IsWrongCodePage(stripped)) {
    return base::Invalid(
        "Chữ tiếng Việt bị sai bảng mã. Hãy đặt máy quét sang UTF-8 (Unicode) rồi quét lại.",
        "scan");
  }
  if (AnyCodePoint(stripped, IsInvisible)) {
    return base::Invalid(
        "Chuỗi quét chứa ký tự ẩn hoặc đảo chiều chữ. Đừng dùng mã này; hãy gõ tay thông tin trên "
        "thẻ.",
        "scan");
  }
  return base::ToNfc(stripped);
}

bool IsRewrittenByInputMethod(std::string_view field) {
  return base::IsValidUtf8(field) &&
         AnyCodePoint(field, [](char32_t c) { return c >= 0x80 && IsNameCharacter(c); });
}

base::Error FieldError(std::string_view label, std::string_view field, std::string_view value,
                       std::string_view problem) {
  const std::string reason =
      IsRewrittenByInputMethod(value)
          ? "bị bộ gõ tiếng Việt làm hỏng. Hãy tắt bộ gõ (Telex/VNI) rồi quét lại."
          : std::string(problem);
  return base::Invalid(std::string(label) + " " + reason, std::string(field));
}

base::Result<std::string> ReadName(std::string_view text, std::string_view label,
                                   std::string_view field) {
  if (!base::IsValidUtf8(text)) {
    return base::Invalid(std::string(label) + " không phải UTF-8. Hãy quét lại hoặc gõ tay.",
                         std::string(field));
  }
  const std::string name = SingleSpaced(base::ToNfc(text));
  if (name.empty()) {
    return base::Invalid(std::string(label) + " bị trống. Hãy quét lại hoặc gõ tay.",
                         std::string(field));
  }
  if (base::CodePointCount(name) > 255) {
    return base::Invalid(std::string(label) + " dài quá 255 ký tự. Hãy kiểm tra thẻ và gõ tay.",
                         std::string(field));
  }
  if (AnyCodePoint(name, [](char32_t c) { return !IsNameCharacter(c); }) || IsWrongCodePage(name)) {
    return base::Invalid(std::string(label) +
                             " có ký tự không thuộc tên người (số, dấu lạ hoặc sai bảng mã). "
                             "Hãy đặt máy quét sang UTF-8 và quét lại, hoặc gõ tay.",
                         std::string(field));
  }
  return name;
}

base::Result<std::string> ReadFreeText(std::string_view text, std::string_view label,
                                       std::string_view field) {
  if (!base::IsValidUtf8(text)) {
    return base::Invalid(std::string(label) + " không phải UTF-8. Hãy quét lại hoặc gõ tay.",
                         std::string(field));
  }
  const std::string clean = SingleSpaced(base::ToNfc(text));
  if (base::CodePointCount(clean) > 1024) {
    return base::Invalid(std::string(label) + " dài quá 1.024 ký tự. Hãy kiểm tra thẻ và gõ tay.",
                         std::string(field));
  }
  if (AnyCodePoint(clean, [](char32_t c) {
        return c == '<' || c == '>' || c == 0xFFFD || IsControl(c) || IsInvisible(c);
      })) {
    return base::Invalid(std::string(label) + " có ký tự không hợp lệ. Hãy gõ tay từ mặt thẻ.",
                         std::string(field));
  }
  return clean;
}

}  // namespace exchange::scan_text
