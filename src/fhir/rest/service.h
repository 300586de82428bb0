// The FHIR R4 interface over HTTP: finds the interaction a request means and lets it answer.
// https://hl7.org/fhir/R4/http.html
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "access/guarded_store.h"
#include "base/result.h"
#include "base/time.h"
#include "http/router.h"

namespace fhir::rest {

struct ServiceOptions {
  std::string base_path = "/fhir";
  std::string software_version = "0";
  // The record as the person behind this request may see it; an error (nobody is logged in …) is
  // the answer. Not asked for /metadata, which is public.
  std::function<base::Result<access_control::GuardedStore>(const http::Request&)> open = {};
  const base::Clock* clock = nullptr;
  // Entries a Bundle may bring, by who sends it.
  std::function<size_t(const http::Request&)> max_bundle_entries = {};
};

class Service {
 public:
  explicit Service(ServiceOptions options);

  // Takes everything below base_path.
  void AddTo(http::Router& router) const;
  http::Response Answer(const http::Request& request) const;

 private:
  // Made when first asked for, then kept: it depends on the program only.
  struct Capabilities {
    std::once_flag made;
    std::string text;
  };
  const std::string& CapabilityText() const;

  std::shared_ptr<const ServiceOptions> options_;
  std::shared_ptr<Capabilities> capabilities_ = std::make_shared<Capabilities>();
};

}  // namespace fhir::rest
