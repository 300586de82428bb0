#include "care/shared/input.h"

#include "base/text.h"

namespace care::shared {

using base::Json;

std::string Input::Name(std::string_view field) const {
  return prefix_.empty() ? std::string(field) : prefix_ + "." + std::string(field);
}

void Input::Fail(std::string_view field, std::string message) {
  if (!error_) error_ = base::Invalid(std::move(message), Name(field));
}

base::Status Input::status() const {
  if (error_) return *error_;
  return base::Ok();
}

std::string Input::Text(std::string_view field, size_t max_characters) {
  const Json& value = body_[field];
  if (value.IsNull()) return {};
  if (!value.IsString()) {
    Fail(field, "Trường này phải là chữ.");
    return {};
  }
  std::string text = base::ToNfc(base::Trim(value.String()));
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n') c = ' ';
  }
  if (base::CodePointCount(text) > max_characters) {
    Fail(field, "Nội dung quá dài, tối đa " + std::to_string(max_characters) + " ký tự.");
  }
  return text;
}

std::string Input::RequiredText(std::string_view field, std::string_view label,
                                size_t max_characters) {
  std::string text = Text(field, max_characters);
  if (text.empty()) Fail(field, "Chưa nhập " + std::string(label) + ".");
  return text;
}

bool Input::Flag(std::string_view field) {
  const Json& value = body_[field];
  if (!value.IsNull() && !value.IsBool()) Fail(field, "Trường này chỉ nhận có hoặc không.");
  return value.Bool();
}

std::optional<base::Decimal> Input::Number(std::string_view field, std::string_view label) {
  const Json& value = body_[field];
  if (value.IsNull() || (value.IsString() && value.String().empty())) return std::nullopt;
  std::string text(value.IsString() ? base::Trim(value.String()) : value.NumberText());
  for (char& c : text) {
    if (c == ',') c = '.';
  }
  auto number = base::Decimal::Parse(text);
  if (!number.ok()) {
    Fail(field, "Số không hợp lệ ở ô " + std::string(label) + ".");
    return std::nullopt;
  }
  return *number;
}

std::optional<int64_t> Input::Integer(std::string_view field, std::string_view label, int64_t low,
                                      int64_t high) {
  const auto number = Number(field, label);
  if (!number) return std::nullopt;
  auto whole = number->ToInteger();
  if (!whole.ok() || *whole < low || *whole > high) {
    Fail(field, "Ô " + std::string(label) + " cần một số nguyên từ " + std::to_string(low) +
                    " đến " + std::to_string(high) + ".");
    return std::nullopt;
  }
  return *whole;
}

std::optional<base::Date> Input::Date(std::string_view field, std::string_view label) {
  const std::string text = Text(field, 10);
  if (text.empty()) return std::nullopt;
  auto date = base::Date::ParseIso(text);
  if (!date.ok()) {
    Fail(field, "Ngày không hợp lệ ở ô " + std::string(label) + ".");
    return std::nullopt;
  }
  return *date;
}

std::string Input::Choice(std::string_view field, const std::vector<std::string_view>& allowed) {
  const std::string text = Text(field, 60);
  if (text.empty()) return std::string(allowed.front());
  for (std::string_view choice : allowed) {
    if (text == choice) return text;
  }
  Fail(field, "Giá trị không nằm trong các lựa chọn cho phép.");
  return std::string(allowed.front());
}

std::vector<std::string> Input::Texts(std::string_view field, size_t max_items) {
  std::vector<std::string> texts;
  for (const Json& item : Items(field, max_items)) {
    if (!item.IsString()) Fail(field, "Danh sách này chỉ gồm chữ.");
    texts.push_back(base::ToNfc(item.String().substr(0, 1000)));
  }
  return texts;
}

const Json::Array& Input::Items(std::string_view field, size_t max_items) {
  const Json& value = body_[field];
  if (!value.IsNull() && !value.IsArray()) Fail(field, "Trường này phải là một danh sách.");
  if (value.size() > max_items) {
    Fail(field, "Danh sách quá dài, tối đa " + std::to_string(max_items) + " dòng.");
  }
  return value.Items();
}

}  // namespace care::shared
