// How a resource's body lies on disk: compact JSON without meta.versionId and meta.lastUpdated,
// compressed with zstd and a dictionary. Both are spliced in on reading, so a body never changes
// when it is merely stored or moved. docs/formats/store.md has a worked example.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "fhir/model/document.h"

namespace storage::sqlite {

class BodyCodec {
 public:
  BodyCodec();
  ~BodyCodec();
  BodyCodec(const BodyCodec&) = delete;
  BodyCodec& operator=(const BodyCodec&) = delete;

  // Safe from any thread, as is all of the class.
  std::string Encode(const fhir::model::Document& document) const;
  // The body as it is answered, with this version's meta.
  base::Result<std::string> Decode(std::string_view stored, int64_t version,
                                   base::Instant last_updated) const;
  // The body as it was encoded; its meta is there but has no versionId and no lastUpdated.
  base::Result<std::string> DecodePlain(std::string_view stored) const;

  // Any text, for what is no resource of its own (audit bodies).
  std::string Compress(std::string_view text) const;
  base::Result<std::string> Decompress(std::string_view compressed) const;

 private:
  struct Dictionaries;
  std::unique_ptr<const Dictionaries> dictionaries_;
};

}  // namespace storage::sqlite
