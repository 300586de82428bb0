#include "bench/synthea.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include <bzlib.h>

#include "base/check.h"
#include "base/json.h"

namespace bench {
namespace {

using fhir::model::Document;
using fhir::model::DocumentPtr;

std::string Unpack(const std::string& path) {
  BZFILE* file = BZ2_bzopen(path.c_str(), "rb");
  CHECK(file != nullptr);
  std::string text;
  std::string block(1 << 20, '\0');
  for (int size = 0; (size = BZ2_bzread(file, block.data(), static_cast<int>(block.size()))) > 0;) {
    text.append(block.data(), static_cast<size_t>(size));
  }
  BZ2_bzclose(file);
  return text;
}

// "urn:uuid:X" becomes "Type/X"; Synthea's ids are the X.
void MakeLiteral(std::string& text, const std::map<std::string, std::string>& types) {
  constexpr std::string_view kUrn = "urn:uuid:";
  std::string out;
  size_t from = 0;
  for (size_t at = text.find(kUrn); at != std::string::npos; at = text.find(kUrn, from)) {
    out.append(text, from, at - from);
    const std::string id = text.substr(at + kUrn.size(), 36);
    const auto type = types.find(id);
    out += type == types.end() ? std::string(kUrn) + id : type->second + "/" + id;
    from = at + kUrn.size() + 36;
  }
  out.append(text, from);
  text = std::move(out);
}

std::vector<DocumentPtr> LoadFile(const std::string& path) {
  const base::JsonLimits limits{.max_bytes = 512UL << 20, .max_string_bytes = 64UL << 20};
  const auto bundle = base::Json::Parse(Unpack(path), limits);
  CHECK(bundle.ok());
  std::map<std::string, std::string> types;
  for (const base::Json& entry : (*bundle)["entry"].Items()) {
    types[entry["resource"]["id"].String()] = entry["resource"]["resourceType"].String();
  }
  std::vector<DocumentPtr> documents;
  for (const base::Json& entry : (*bundle)["entry"].Items()) {
    std::string text = entry["resource"].Dump();
    MakeLiteral(text, types);
    auto document = Document::ParseResource(text, limits);
    CHECK(document.ok());
    documents.push_back(std::move(*document));
  }
  return documents;
}

}  // namespace

std::vector<std::vector<DocumentPtr>> LoadSynthea(const std::string& shared, size_t files) {
  std::vector<std::string> paths;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(shared + "/data/synthea", missing)) {
    if (entry.path().string().ends_with(".json.bz2")) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  paths.resize(std::min(paths.size(), files));
  std::vector<std::vector<DocumentPtr>> out;
  for (const std::string& path : paths) out.push_back(LoadFile(path));
  return out;
}

std::vector<DocumentPtr> Replicate(const std::vector<DocumentPtr>& documents, int copy) {
  const std::string suffix = "-" + std::to_string(copy);
  std::vector<std::string> ids;
  std::vector<DocumentPtr> out;
  for (const DocumentPtr& document : documents) {
    base::Json resource = document->root().ToJson();
    const std::function<void(base::Json&)> visit = [&](base::Json& value) {
      if (value.IsArray()) {
        for (base::Json& item : value.MutableItems()) visit(item);
      } else if (value.IsObject()) {
        for (auto& [name, member] : value.MutableMembers()) {
          if (name == "reference" && member.IsString() && member.String().find('/') < 40 &&
              !member.String().starts_with("#")) {
            member = base::Json(member.String() + suffix);
          } else {
            visit(member);
          }
        }
      }
    };
    visit(resource);
    resource.Set("id", std::string(document->id()) + suffix);
    auto made = Document::FromJson(resource);
    CHECK(made.ok());
    out.push_back(std::move(*made));
  }
  return out;
}

}  // namespace bench
