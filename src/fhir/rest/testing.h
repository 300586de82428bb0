// A FHIR service over a record in memory, called without a socket, as the system itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/random.h"
#include "base/time.h"
#include "fhir/rest/service.h"
#include "fhir/store/store.h"
#include "http/router.h"

namespace fhir::rest {

struct Answer {
  int status = 0;
  http::Headers headers;
  std::string text;
  base::Json body;
};

class TestService {
 public:
  TestService();

  Answer Call(http::Method method, std::string_view target, std::string body = {},
              http::Headers headers = {});
  Answer Get(std::string_view target) { return Call(http::Method::kGet, target); }
  Answer Post(std::string_view target, const base::Json& body, http::Headers headers = {}) {
    return Call(http::Method::kPost, target, body.Dump(), std::move(headers));
  }
  Answer Put(std::string_view target, const base::Json& body, http::Headers headers = {}) {
    return Call(http::Method::kPut, target, body.Dump(), std::move(headers));
  }
  // The id of a new Patient of that name.
  std::string AddPatient(std::string_view family);

  base::FixedClock clock{base::Instant{1'795'219'500'000}};  // 2026-11-21T07:05:00+07:00
  base::SeededRandom random{7};
  std::unique_ptr<store::Store> store;
  // Whom the service takes every caller for; the system unless a test says otherwise.
  access_control::Principal who;

 private:
  http::Router router_;
};

base::Json PatientNamed(std::string_view family);
http::Headers With(std::string_view name, std::string_view value);

}  // namespace fhir::rest
