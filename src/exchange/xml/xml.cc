#include "exchange/xml/xml.h"

#include <expat.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace exchange::xml {
namespace {

struct Reader {
  XML_Parser parser = nullptr;
  const Limits* limits = nullptr;
  Element root;
  std::vector<Element> open;  // from the root to the element being read
  size_t elements = 0;
  std::optional<base::Error> error;

  void Fail(base::Error failure) {
    if (!error) error = std::move(failure);
    XML_StopParser(parser, XML_FALSE);
  }
};

Reader& From(void* user) { return *static_cast<Reader*>(user); }

base::Error Refused(std::string_view reason) {
  return base::Invalid("Tệp XML không được chấp nhận: " + std::string(reason), "xml");
}

void OnDoctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  From(user).Fail(Refused("có DOCTYPE. Hãy xuất lại tệp không có DOCTYPE."));
}

void OnDeclaration(void* user, const XML_Char*, const XML_Char* encoding, int) {
  if (encoding == nullptr) return;
  std::string upper;
  for (const char c : std::string_view(encoding))
    upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (upper != "UTF-8") From(user).Fail(Refused("không phải UTF-8. Hãy xuất lại tệp bằng UTF-8."));
}

void OnStart(void* user, const XML_Char* name, const XML_Char** attributes) {
  Reader& reader = From(user);
  if (reader.error) return;
  if (reader.open.size() >= static_cast<size_t>(base::kMaxXmlDepth))
    return reader.Fail(Refused("lồng quá 64 tầng."));
  if (++reader.elements > reader.limits->max_elements) {
    return reader.Fail({base::ErrorCode::kTooLarge, "Tệp XML có quá nhiều phần tử.", "xml", {}});
  }
  Element element;
  element.name = name;
  for (int i = 0; attributes[i] != nullptr; i += 2) {
    if (i / 2 >= base::kMaxXmlAttributes) return reader.Fail(Refused("quá 64 thuộc tính."));
    element.attributes.push_back({attributes[i], attributes[i + 1]});
  }
  reader.open.push_back(std::move(element));
}

void OnEnd(void* user, const XML_Char*) {
  Reader& reader = From(user);
  if (reader.error || reader.open.empty()) return;
  Element done = std::move(reader.open.back());
  reader.open.pop_back();
  if (reader.open.empty()) {
    reader.root = std::move(done);
  } else {
    reader.open.back().children.push_back(std::move(done));
  }
}

void OnText(void* user, const XML_Char* text, int length) {
  Reader& reader = From(user);
  if (reader.error || reader.open.empty()) return;
  reader.open.back().text.append(text, static_cast<size_t>(length));
}

}  // namespace

const Element* Element::Child(std::string_view child) const {
  for (const Element& element : children) {
    if (element.name == child) return &element;
  }
  return nullptr;
}

std::string_view Element::ChildText(std::string_view child) const {
  const Element* element = Child(child);
  return element == nullptr ? std::string_view() : base::Trim(element->text);
}

base::Result<Element> Parse(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return base::Error{base::ErrorCode::kTooLarge, "Tệp XML quá lớn.", "xml", {}};
  }
  if (!base::IsValidUtf8(bytes)) {
    return Refused("không phải UTF-8. Hãy xuất lại tệp bằng UTF-8.");
  }
  // The encoding is given, so that Expat never guesses UTF-16.
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  if (!parser) return base::Internal("XML_ParserCreate failed");
  Reader reader;
  reader.parser = parser.get();
  reader.limits = &limits;
  XML_SetUserData(parser.get(), &reader);
  XML_SetDoctypeDeclHandler(parser.get(), OnDoctype, nullptr);
  XML_SetXmlDeclHandler(parser.get(), OnDeclaration);
  XML_SetElementHandler(parser.get(), OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser.get(), OnText);
  const auto status =
      XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  if (reader.error) return *std::move(reader.error);
  if (status != XML_STATUS_OK) {
    return Refused("sai cú pháp ở dòng " + std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                   ". Hãy xuất lại tệp.");
  }
  return std::move(reader.root);
}

bool CanCarry(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  }
  // U+FFFE and U+FFFF are valid UTF-8 but no XML characters.
  return base::IsValidUtf8(text) && text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

void AppendEscaped(std::string& out, std::string_view text) {
  constexpr std::pair<char, std::string_view> kEscapes[] = {
      {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\r', "&#13;"}};
  for (const char c : text) {
    const auto* escape = std::find_if(std::begin(kEscapes), std::end(kEscapes),
                                      [&](const auto& pair) { return pair.first == c; });
    if (escape == std::end(kEscapes)) {
      out += c;
    } else {
      out += escape->second;
    }
  }
}

void AppendCdata(std::string& out, std::string_view text) {
  out += "<![CDATA[";
  for (size_t at = text.find("]]>"); at != std::string_view::npos; at = text.find("]]>")) {
    out += text.substr(0, at + 2);
    out += "]]><![CDATA[";
    text.remove_prefix(at + 2);
  }
  out += text;
  out += "]]>";
}

}  // namespace exchange::xml
