#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "http/client.h"
#include "http/testing.h"

namespace http {
namespace {

// A fresh self-signed certificate for 127.0.0.1, in two PEM files of this test run.
struct Certificate {
  std::string certificate_file;
  std::string key_file;

  Certificate() {
    const std::string folder = testing::TempDir();
    certificate_file = folder + "/tram_tls_test_cert.pem";
    key_file = folder + "/tram_tls_test_key.pem";
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("tram test"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* address =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, address, -1);
    X509_EXTENSION_free(address);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* file = std::fopen(certificate_file.c_str(), "w");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(key_file.c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~Certificate() {
    std::filesystem::remove(certificate_file);
    std::filesystem::remove(key_file);
  }
};

Router Hello() {
  Router router;
  router.Add(Method::kGet, "/", [](const Request& request) {
    return Response::Text(request.secure ? "secure" : "open");
  });
  return router;
}

ClientOptions TlsClient(const Server& server) {
  return {.port = server.port(),
          .tls = true,
          .allowed = {"127.0.0.1:" + std::to_string(server.port())},
          .timeout = std::chrono::milliseconds(5'000)};
}

TEST(TlsServer, AnswersAClientThatTrustsItsCertificate) {
  const Certificate certificate;
  ServerOptions options = TestOptions();
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  const auto server = StartTestServer(options, Hello());
  ClientOptions client_options = TlsClient(*server);
  client_options.trusted_file = certificate.certificate_file;
  Client client(client_options);
  for (int i = 0; i < 2; ++i) {
    const auto response = client.Get("/");
    ASSERT_TRUE(response.ok()) << response.error().detail;
    EXPECT_EQ(response->body, "secure");
  }
}

TEST(TlsServer, IsRefusedByAClientThatDoesNotTrustIt) {
  const Certificate certificate;
  ServerOptions options = TestOptions();
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  const auto server = StartTestServer(options, Hello());
  EXPECT_FALSE(Client(TlsClient(*server)).Get("/").ok());
}

TEST(TlsServer, ClosesAPlainClient) {
  const Certificate certificate;
  ServerOptions options = TestOptions();
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  const auto server = StartTestServer(options, Hello());
  RawSocket socket(server->port());
  socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(socket.ReadAll().find("secure"), std::string::npos);
}

TEST(TlsServer, DoesNotStartWithoutItsKey) {
  const Certificate certificate;
  ServerOptions options = TestOptions();
  options.certificate_file = certificate.certificate_file;
  options.key_file = "/nonexistent";
  EXPECT_FALSE(Server::Start(options, Hello()).ok());
}

}  // namespace
}  // namespace http
