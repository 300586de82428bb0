#include "http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/text.h"
#include "http/url.h"

namespace http {
namespace beast = boost::beast;

namespace {

// The method and version around the URL in a request line.
constexpr size_t kRequestLineExtra = 32;

std::string_view View(boost::core::string_view text) { return {text.data(), text.size()}; }

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
}

bool IsGoodHost(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  for (const char c : host) {
    if (!IsHostCharacter(c)) return false;
  }
  return true;
}

// What a URL may hold as sent: printable ASCII; the rest must be percent-encoded.
bool IsGoodTarget(std::string_view target) {
  for (const char c : target) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || c == '#') return false;
  }
  return true;
}

}  // namespace

struct RequestReader::Parser {
  beast::http::request_parser<beast::http::string_body> beast;
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {
  parser_->beast.eager(false);
  parser_->beast.header_limit(static_cast<uint32_t>(base::kMaxHttpHeaderBytes + 1));
  // The body is judged in AllowBody, when it is known who asks.
  parser_->beast.body_limit(boost::none);
}

RequestReader::~RequestReader() = default;

void RequestReader::Refuse(int status) {
  state_ = State::kRefused;
  refused_status_ = status;
  keep_alive_ = false;
}

size_t RequestReader::Feed(std::string_view bytes) {
  switch (state_) {
    case State::kHead: return FeedHead(bytes);
    case State::kBody: return FeedBody(bytes);
    case State::kHeadReady:
    case State::kDone:
    case State::kRefused: return 0;
  }
  return 0;
}

size_t RequestReader::FeedHead(std::string_view bytes) {
  size_t skipped = 0;
  // RFC 9112 §2.2: a server should ignore an empty line before the request line.
  if (!skipped_blank_line_ && scanned_ == 0 && bytes.substr(0, 2) == "\r\n") {
    skipped_blank_line_ = true;
    skipped = 2;
    bytes.remove_prefix(2);
  } else if (!skipped_blank_line_ && bytes == "\r") {
    return 0;
  }
  const size_t length = ScanHead(bytes);
  if (length == 0) return skipped;
  ParseHead(bytes.substr(0, length));
  return skipped + length;
}

size_t RequestReader::ScanHead(std::string_view bytes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    const char c = bytes[scanned_];
    const auto byte = static_cast<unsigned char>(c);
    const bool after_return = scanned_ > 0 && bytes[scanned_ - 1] == '\r';
    if (after_return != (c == '\n')) {
      Refuse(400);  // a bare CR or a bare LF
      return 0;
    }
    if ((byte < 0x20 && c != '\r' && c != '\n' && c != '\t') || byte == 0x7f) {
      Refuse(400);
      return 0;
    }
    if (scanned_ == line_start_ && !in_first_line_ && (c == ' ' || c == '\t')) {
      Refuse(400);  // obs-fold, RFC 9112 §5.2
      return 0;
    }
    if (in_first_line_ && scanned_ > base::kMaxUrlBytes + kRequestLineExtra) {
      Refuse(414);
      return 0;
    }
    if (scanned_ >= base::kMaxHttpHeaderBytes) {
      Refuse(431);
      return 0;
    }
    if (c == '\n') {
      const bool is_empty_line = scanned_ == line_start_ + 1;
      if (is_empty_line && in_first_line_) {
        Refuse(400);
        return 0;
      }
      if (is_empty_line) return scanned_ + 1;
      in_first_line_ = false;
      line_start_ = scanned_ + 1;
    }
  }
  return 0;
}

void RequestReader::ParseHead(std::string_view head) {
  auto& parser = parser_->beast;
  beast::error_code error;
  parser.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error == beast::http::error::bad_version) return Refuse(505);
  if (error == beast::http::error::header_limit) return Refuse(431);
  if (error || !parser.is_header_done()) return Refuse(400);
  const auto& message = parser.get();

  for (const auto& field : message) {
    request_.headers.Add(std::string(View(field.name_string())), std::string(View(field.value())));
  }
  const auto method = ParseMethod(View(message.method_string()));
  if (!method) return Refuse(501);
  request_.method = *method;
  if (message.version() != 11 && message.version() != 10) return Refuse(505);
  is_http_1_0_ = message.version() == 10;
  keep_alive_ = !is_http_1_0_ && !request_.headers.HasToken("Connection", "close");
  CheckFraming();
  if (state_ == State::kRefused) return;
  TakeTarget(View(message.target()));
  if (state_ == State::kRefused) return;
  state_ = State::kHeadReady;
}

void RequestReader::CheckFraming() {
  const Headers& headers = request_.headers;
  const size_t hosts = headers.Count("Host");
  if (hosts > 1 || (hosts == 0 && !is_http_1_0_)) return Refuse(400);
  if (hosts == 1 && !IsGoodHost(headers.Get("Host"))) return Refuse(400);

  // RFC 9112 §6.1, §6.3: both together, or a length twice, is how requests are smuggled.
  const size_t lengths = headers.Count("Content-Length");
  const size_t encodings = headers.Count("Transfer-Encoding");
  if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0)) return Refuse(400);
  if (lengths == 1 && !base::IsDigits(headers.Get("Content-Length"))) return Refuse(400);
  if (encodings == 1) {
    if (is_http_1_0_) return Refuse(400);
    if (!EqualsIgnoringCase(headers.Get("Transfer-Encoding"), "chunked")) return Refuse(501);
  }
  const std::string_view encoding = headers.Get("Content-Encoding");
  if (!encoding.empty() && !EqualsIgnoringCase(encoding, "identity")) return Refuse(415);
  if (headers.Has("Expect")) {
    if (!EqualsIgnoringCase(headers.Get("Expect"), "100-continue")) return Refuse(417);
    expects_continue_ = !is_http_1_0_;
  }
}

void RequestReader::TakeTarget(std::string_view target) {
  if (target.size() > base::kMaxUrlBytes) return Refuse(414);
  // RFC 9112 §3.2.2: the absolute form must be understood; it must name this host.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    target.remove_prefix(scheme.size());
    const size_t slash = target.find('/');
    if (slash == std::string_view::npos ||
        !EqualsIgnoringCase(target.substr(0, slash), request_.headers.Get("Host"))) {
      return Refuse(400);
    }
    target.remove_prefix(slash);
    break;
  }
  if (target.empty() || target.front() != '/' || !IsGoodTarget(target)) return Refuse(400);
  const size_t question = target.find('?');
  request_.path = target.substr(0, question);
  if (question != std::string_view::npos) request_.raw_query = target.substr(question + 1);
  auto segments = SplitPath(request_.path);
  auto query = ParseForm(request_.raw_query);
  if (!segments.ok() || !query.ok()) return Refuse(400);
  request_.segments = std::move(segments).value();
  request_.query = std::move(query).value();
}

void RequestReader::AllowBody(size_t limit) {
  if (state_ != State::kHeadReady) return;
  auto& parser = parser_->beast;
  const auto length = parser.content_length();
  if (length && *length > limit) return Refuse(413);
  parser.body_limit(static_cast<uint64_t>(limit));
  state_ = parser.is_done() ? State::kDone : State::kBody;
}

size_t RequestReader::FeedBody(std::string_view bytes) {
  auto& parser = parser_->beast;
  size_t used = 0;
  while (used < bytes.size() && !parser.is_done()) {
    beast::error_code error;
    const size_t taken =
        parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
    used += taken;
    if (error == beast::http::error::need_more) {
      // A chunk's size line or the trailers never need more room than a header does.
      if (bytes.size() - used > base::kMaxHttpHeaderBytes) Refuse(400);
      return used;
    }
    if (error == beast::http::error::body_limit) {
      Refuse(413);
      return used;
    }
    if (error) {
      Refuse(400);
      return used;
    }
  }
  if (parser.is_done()) {
    request_.body = std::move(parser.get().body());
    state_ = State::kDone;
  }
  return used;
}

}  // namespace http
