#include "fhir/rest/testing.h"

#include "base/check.h"
#include "storage/memory/memory_store.h"

namespace fhir::rest {

TestService::TestService() : store(storage::memory::MakeMemoryStore(clock)) {
  who = {.practitioner_id = "system",
         .login = "system",
         .display_name = "Hệ thống",
         .roles = {access_control::Role::kSystem}};
  ServiceOptions options;
  options.clock = &clock;
  options.open = [this](const http::Request&) -> base::Result<access_control::GuardedStore> {
    if (who.login.empty()) {
      return base::Error{base::ErrorCode::kUnauthenticated, "Hãy đăng nhập."};
    }
    return access_control::GuardedStore(*store, who, access_control::Purpose::kTreatment, clock,
                                        random);
  };
  Service(options).AddTo(router_);
}

Answer TestService::Call(http::Method method, std::string_view target, std::string body,
                         http::Headers headers) {
  if (!headers.Has("Host")) headers.Set("Host", "tram.test");
  http::Response response =
      http::CallInMemory(router_, method, target, std::move(body), std::move(headers));
  Answer answer{response.status, response.headers, response.body, {}};
  if (auto json = base::Json::Parse(response.body); json.ok()) answer.body = *json;
  return answer;
}

std::string TestService::AddPatient(std::string_view family) {
  const Answer answer = Post("/fhir/Patient", PatientNamed(family));
  CHECK(answer.status == 201);
  return answer.body["id"].String();
}

base::Json PatientNamed(std::string_view family) {
  return base::Json::Obj({{"resourceType", "Patient"},
                          {"name", base::Json::Arr({base::Json::Obj({{"family", family}})})}});
}

http::Headers With(std::string_view name, std::string_view value) {
  http::Headers headers;
  headers.Set(name, std::string(value));
  return headers;
}

}  // namespace fhir::rest
