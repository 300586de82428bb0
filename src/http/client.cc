#include "http/client.h"

#include <algorithm>

#include <openssl/ssl.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "http/stream.h"

namespace http {
namespace {

base::Error CannotReach(std::string_view step, const beast::error_code& error) {
  return base::Unavailable("Không kết nối được với máy chủ. Hãy thử lại sau.",
                           std::string(step) + ": " + error.message());
}

beast::http::verb VerbOf(Method method) {
  switch (method) {
    case Method::kGet: return beast::http::verb::get;
    case Method::kHead: return beast::http::verb::head;
    case Method::kPost: return beast::http::verb::post;
    case Method::kPut: return beast::http::verb::put;
    case Method::kPatch: return beast::http::verb::patch;
    case Method::kDelete: return beast::http::verb::delete_;
    case Method::kOptions: return beast::http::verb::options;
  }
  return beast::http::verb::get;
}

}  // namespace

struct Client::Impl {
  using Parser = beast::http::response_parser<beast::http::string_body>;

  explicit Impl(ClientOptions client_options) : options(std::move(client_options)) {}

  base::Status CheckAllowed() const;
  base::Status Connect();
  // Runs the pending operation to its end.
  beast::error_code Run() {
    io.restart();
    io.run();
    return result;
  }
  auto Done() {
    return [this](beast::error_code error, size_t) { result = error; };
  }
  base::Result<ClientResponse> Exchange(Method method, std::string_view target,
                                        const std::string& body, const Headers& headers);

  const ClientOptions options;
  asio::io_context io;
  std::unique_ptr<asio::ssl::context> tls;
  std::unique_ptr<Stream> stream;
  beast::flat_buffer buffer;
  beast::error_code result;
};

base::Status Client::Impl::CheckAllowed() const {
  const std::string address = options.host + ":" + std::to_string(options.port);
  if (std::find(options.allowed.begin(), options.allowed.end(), address) != options.allowed.end()) {
    return base::Ok();
  }
  return base::Forbidden("Địa chỉ này không có trong danh sách được phép kết nối.");
}

base::Status Client::Impl::Connect() {
  buffer.clear();
  if (options.tls && !tls) {
    tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
    tls->set_verify_mode(asio::ssl::verify_peer);
    beast::error_code error;
    if (options.trusted_file.empty()) {
      tls->set_default_verify_paths(error);
    } else {
      tls->load_verify_file(options.trusted_file, error);
    }
    if (error) return CannotReach("trust", error);
  }
  beast::error_code error;
  asio::ip::tcp::resolver resolver(io);
  const auto endpoints = resolver.resolve(options.host, std::to_string(options.port), error);
  if (error) return CannotReach("resolve", error);
  stream = std::make_unique<Stream>(asio::ip::tcp::socket(io), tls.get());
  stream->next_layer().expires_after(options.timeout);
  // The first address only: what was checked is what is called.
  stream->next_layer().async_connect(*endpoints.begin(),
                                     [this](beast::error_code e) { result = e; });
  if ((error = Run())) return CannotReach("connect", error);
  if (stream->tls() == nullptr) return base::Ok();
  stream->tls()->set_verify_callback(asio::ssl::host_name_verification(options.host));
  SSL_set_tlsext_host_name(stream->tls()->native_handle(), options.host.c_str());
  stream->tls()->async_handshake(asio::ssl::stream_base::client,
                                 [this](beast::error_code e) { result = e; });
  if ((error = Run())) return CannotReach("handshake", error);
  return base::Ok();
}

base::Result<ClientResponse> Client::Impl::Exchange(Method method, std::string_view target,
                                                    const std::string& body,
                                                    const Headers& headers) {
  beast::http::request<beast::http::string_body> request(VerbOf(method), std::string(target), 11);
  request.set(beast::http::field::host, options.host + ":" + std::to_string(options.port));
  for (const auto& [name, value] : headers.fields()) request.insert(name, value);
  request.body() = body;
  const bool may_have_body = method != Method::kGet && method != Method::kHead;
  if (!body.empty() || may_have_body) request.prepare_payload();

  stream->next_layer().expires_after(options.timeout);
  beast::http::async_write(*stream, request, Done());
  if (const auto error = Run()) return CannotReach("write", error);

  Parser parser;
  parser.skip(method == Method::kHead);
  parser.body_limit(options.max_response_bytes);
  beast::http::async_read(*stream, buffer, parser, Done());
  const auto error = Run();
  if (error) return CannotReach("read", error);

  ClientResponse response;
  response.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get()) {
    response.headers.Add(std::string(field.name_string()), std::string(field.value()));
  }
  if (!parser.keep_alive()) stream.reset();
  response.body = std::move(parser.get().body());
  return response;
}

Client::Client(ClientOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Client::~Client() = default;

base::Result<ClientResponse> Client::Send(Method method, std::string_view target, std::string body,
                                          Headers headers) {
  TRY(impl_->CheckAllowed());
  const bool is_reused = impl_->stream != nullptr;
  if (!is_reused) TRY(impl_->Connect());
  auto response = impl_->Exchange(method, target, body, headers);
  if (response.ok()) return response;
  impl_->stream.reset();
  // A kept connection may have been closed by the peer meanwhile; asking again is harmless for GET.
  if (!is_reused || method != Method::kGet) return response;
  TRY(impl_->Connect());
  response = impl_->Exchange(method, target, body, headers);
  if (!response.ok()) impl_->stream.reset();
  return response;
}

}  // namespace http
