// The claims file: the envelope, and (after a first byte that names a table) the document of one
// table inside a right envelope; what can be read can be checked.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "care/insurance/checker.h"
#include "exchange/insurance/claim_xml.h"

namespace {

void Check(std::string_view bytes) {
  const auto file = exchange::insurance::ReadClaimFile(bytes);
  if (file.ok()) (void)care::insurance::CheckClaimFile(*file, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Check(bytes);
  if (size < 2) return 0;
  Check("<GIAMDINHHS><THONGTINDONVI/><THONGTINHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>XML" +
        std::to_string(data[0] % 20) + "</LOAIHOSO><NOIDUNGFILE>" +
        base::ToBase64(bytes.substr(1)) +
        "</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO></GIAMDINHHS>");
  return 0;
}
