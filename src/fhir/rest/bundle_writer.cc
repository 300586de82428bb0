#include "fhir/rest/bundle_writer.h"

namespace fhir::rest {

BundleWriter::BundleWriter(std::string_view type, base::Instant now, base::Random& random) {
  out_ = R"({"resourceType":"Bundle","id":")" + base::MakeUuid7(now, random) +
         R"(","meta":{"lastUpdated":")" + now.ToLocal() + R"("},"type":")" + std::string(type) +
         "\"";
}

void BundleWriter::SetTotal(int64_t total) { out_ += ",\"total\":" + std::to_string(total); }

void BundleWriter::AddLink(std::string_view relation, std::string_view url) {
  links_ += links_.empty() ? ",\"link\":[" : ",";
  links_ += R"({"relation":")" + std::string(relation) + R"(","url":)";
  base::AppendJsonString(links_, url);
  links_ += '}';
}

void BundleWriter::AddEntry(std::string_view full_url, std::string_view resource,
                            const base::Json& more) {
  if (!has_entries_) {
    if (!links_.empty()) out_ += links_ + "]";
    links_.clear();
    out_ += ",\"entry\":[";
  } else {
    out_ += ',';
  }
  has_entries_ = true;
  out_ += '{';
  const char* separator = "";
  if (!full_url.empty()) {
    out_ += "\"fullUrl\":";
    base::AppendJsonString(out_, full_url);
    separator = ",";
  }
  if (!resource.empty()) {
    out_ += std::string(separator) + "\"resource\":";
    out_ += resource;
    separator = ",";
  }
  for (const auto& [name, value] : more.Members()) {
    out_ += separator;
    base::AppendJsonString(out_, name);
    out_ += ":" + value.Dump();
    separator = ",";
  }
  out_ += '}';
}

std::string BundleWriter::Finish() {
  if (!links_.empty()) out_ += links_ + "]";
  out_ += has_entries_ ? "]}" : "}";
  return std::move(out_);
}

}  // namespace fhir::rest
