#include "exchange/spreadsheet/xml_events.h"

#include <expat.h>

#include "base/limits.h"

namespace exchange::spreadsheet {

struct XmlStream::State {
  explicit State(XmlListener& to) : listener(to), parser(XML_ParserCreate("UTF-8")) {}
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void Stop(base::Error why) {
    if (!failure) failure = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
  void Check(base::Status status) {
    if (!status.ok()) Stop(std::move(status).error());
  }

  XmlListener& listener;
  XML_Parser parser;
  std::optional<base::Error> failure;
  int depth = 0;
  XmlAttributes attributes;
};

namespace {

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

base::Error Malformed(std::string detail) {
  return base::Invalid("Nội dung của tệp Excel bị hỏng. Hãy mở bằng Excel, lưu lại rồi nhập lại.",
                       {}, std::move(detail));
}

// Expat's C callbacks; `State` is private to XmlStream, so they are templates on it.
template <class State>
void StartElement(void* user, const char* name, const char** raw) {
  auto& state = *static_cast<State*>(user);
  state.attributes.clear();
  for (; *raw != nullptr; raw += 2) state.attributes.emplace_back(LocalName(raw[0]), raw[1]);
  if (++state.depth > base::kMaxXmlDepth) return state.Stop(Malformed("depth"));
  if (state.attributes.size() > static_cast<size_t>(base::kMaxXmlAttributes)) {
    return state.Stop(Malformed("attributes"));
  }
  state.Check(state.listener.OnStart(LocalName(name), state.attributes));
}

template <class State>
void EndElement(void* user, const char* name) {
  auto& state = *static_cast<State*>(user);
  --state.depth;
  if (!state.failure) state.Check(state.listener.OnEnd(LocalName(name)));
}

template <class State>
void Characters(void* user, const char* text, int length) {
  auto& state = *static_cast<State*>(user);
  if (state.failure) return;
  state.Check(state.listener.OnText(std::string_view(text, static_cast<size_t>(length))));
}

template <class State>
void Doctype(void* user, const char*, const char*, const char*, int) {
  static_cast<State*>(user)->Stop(Malformed("DOCTYPE is not accepted"));
}

}  // namespace

std::string_view Attribute(const XmlAttributes& attributes, std::string_view local_name) {
  for (const auto& [name, value] : attributes) {
    if (name == local_name) return value;
  }
  return {};
}

XmlStream::XmlStream(XmlListener& listener) : state_(new State(listener)) {
  XML_SetUserData(state_->parser, state_);
  XML_SetElementHandler(state_->parser, StartElement<State>, EndElement<State>);
  XML_SetCharacterDataHandler(state_->parser, Characters<State>);
  XML_SetStartDoctypeDeclHandler(state_->parser, Doctype<State>);
}

XmlStream::~XmlStream() { delete state_; }

base::Status XmlStream::Feed(std::string_view piece) { return Parse(piece, false); }

base::Status XmlStream::Finish() { return Parse({}, true); }

base::Status XmlStream::Parse(std::string_view piece, bool last) {
  if (state_->failure) return *state_->failure;
  const auto status =
      XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (state_->failure) return *state_->failure;
  if (status != XML_STATUS_OK) return Malformed(XML_ErrorString(XML_GetErrorCode(state_->parser)));
  return base::Ok();
}

}  // namespace exchange::spreadsheet
