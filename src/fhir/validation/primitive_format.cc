#include "fhir/validation/primitive_format.h"

#include <algorithm>

#include "base/text.h"
#include "fhir/path/moment.h"
#include "fhir/path/number.h"

namespace fhir::validation {

using fhir::path::Moment;
using fhir::path::Precision;
using model::Node;
using model::NodeKind;
using model::TypeId;

namespace {

constexpr std::string_view kOk = "";

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view Text(std::string_view text) {
  if (text.empty()) return "không được để trống";
  if (std::all_of(text.begin(), text.end(), IsSpace)) return "không được chỉ gồm khoảng trắng";
  return kOk;
}

// [^\s]+(\s[^\s]+)*
std::string_view Code(std::string_view text) {
  if (text.empty() || IsSpace(text.front()) || IsSpace(text.back())) {
    return "mã không được trống hay có khoảng trắng ở hai đầu";
  }
  for (size_t i = 1; i < text.size(); ++i) {
    if (IsSpace(text[i]) && IsSpace(text[i - 1])) return "mã không được có hai khoảng trắng liền nhau";
  }
  return kOk;
}

// [A-Za-z0-9\-\.]{1,64}
std::string_view Id(std::string_view text) {
  const bool ok = !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  });
  return ok ? kOk : "mã id chỉ gồm chữ không dấu, số, '-' và '.', tối đa 64 ký tự";
}

std::string_view Uri(std::string_view text) {
  if (text.empty() || std::any_of(text.begin(), text.end(), IsSpace)) return "địa chỉ URI không được trống hay có khoảng trắng";
  return kOk;
}

// urn:oid:[0-2](\.(0|[1-9][0-9]*))+
std::string_view Oid(std::string_view text) {
  constexpr std::string_view kProblem = "OID phải có dạng urn:oid:1.2.3";
  if (!text.starts_with("urn:oid:")) return kProblem;
  const auto arcs = base::Split(text.substr(8), '.');
  if (arcs.size() < 2 || arcs[0].size() != 1 || arcs[0][0] < '0' || arcs[0][0] > '2') return kProblem;
  for (const std::string_view arc : arcs) {
    if (!base::IsDigits(arc) || (arc.size() > 1 && arc[0] == '0')) return kProblem;
  }
  return kOk;
}

std::string_view Uuid(std::string_view text) {
  constexpr std::string_view kProblem = "UUID phải có dạng urn:uuid: và 36 ký tự thường";
  if (!text.starts_with("urn:uuid:") || text.size() != 45) return kProblem;
  text.remove_prefix(9);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return kProblem;
  }
  return kOk;
}

std::string_view Base64(std::string_view text) {
  size_t symbols = 0;
  size_t padding = 0;
  for (const char c : text) {
    if (IsSpace(c)) continue;
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
    if (c == '=') {
      ++padding;
    } else if (!letter || padding > 0) {
      return "dữ liệu base64 có ký tự lạ";
    }
    ++symbols;
  }
  if (symbols == 0 || symbols % 4 != 0 || padding > 2) return "dữ liệu base64 bị cụt";
  return kOk;
}

// With a time of day FHIR wants seconds and a time zone.
std::string_view DateTime(std::string_view text, bool instant) {
  const auto moment = Moment::ParseDateTime(text);
  const bool has_time = text.find('T') != std::string_view::npos;
  if (!moment || (has_time && moment->precision < Precision::kSecond) || (has_time && !moment->offset_minutes)) {
    return "ngày giờ phải có dạng 2026-11-21 hoặc 2026-11-21T07:05:00+07:00";
  }
  if (instant && !has_time) return "thời điểm phải có cả ngày, giờ, giây và múi giờ";
  return kOk;
}

std::string_view Time(std::string_view text) {
  const auto moment = Moment::ParseTime(text);
  return moment && moment->precision >= Precision::kSecond && !text.starts_with('T') ? kOk : "giờ phải có dạng 07:05:00";
}

std::string_view Integer(std::string_view text, int64_t low) {
  const auto number = path::Number::Parse(text);
  const auto integer = number && number->scale() == 0 ? number->ToInteger() : std::nullopt;
  const bool plain = text.find_first_of("eE.") == std::string_view::npos;
  if (!integer || !plain) return "phải là số nguyên";
  if (*integer > 2'147'483'647 || *integer < low) return "số nguyên ngoài khoảng cho phép";
  return kOk;
}

std::string_view StringProblem(TypeId type, std::string_view text) {
  if (text.size() > (1U << 20) && type != TypeId::kBase64Binary) return "chuỗi dài quá 1 MB";
  switch (type) {
    case TypeId::kCode: return Code(text);
    case TypeId::kId: return Id(text);
    case TypeId::kUri:
    case TypeId::kUrl:
    case TypeId::kCanonical: return Uri(text);
    case TypeId::kOid: return Oid(text);
    case TypeId::kUuid: return Uuid(text);
    case TypeId::kBase64Binary: return Base64(text);
    case TypeId::kDate: return Moment::ParseDate(text) ? kOk : "ngày phải có dạng 2026-11-21, 2026-11 hoặc 2026";
    case TypeId::kDateTime: return DateTime(text, false);
    case TypeId::kInstant: return DateTime(text, true);
    case TypeId::kTime: return Time(text);
    default: return Text(text);  // NOLINT: string, markdown, xhtml
  }
}

}  // namespace

std::string_view FormatProblem(TypeId type, const Node& value) {
  const bool is_number = value.kind() == NodeKind::kNumber;
  switch (type) {
    case TypeId::kBoolean: return value.kind() == NodeKind::kBool ? kOk : "phải là true hoặc false";
    case TypeId::kInteger: return is_number ? Integer(value.text(), -2'147'483'648LL) : "phải là số nguyên";
    case TypeId::kUnsignedInt: return is_number ? Integer(value.text(), 0) : "phải là số nguyên không âm";
    case TypeId::kPositiveInt: return is_number ? Integer(value.text(), 1) : "phải là số nguyên dương";
    case TypeId::kDecimal: return is_number ? kOk : "phải là một số";
    default: break;  // NOLINT: all others are strings in JSON
  }
  if (value.kind() != NodeKind::kString) return "phải là một chuỗi";
  return StringProblem(type, value.text());
}

}  // namespace fhir::validation
