// `tram scan 'STRING'`: prints what a citizen card, insurance card, VietQR code or station code
// says, as one line of JSON with the keys of docs/formats/scan.md.
#pragma once

#include <ostream>
#include <string_view>

namespace app::commands {

// 0 and JSON on `out`; 1 and the reason on `err` when the text is malformed, hostile or no code.
int RunScan(std::string_view text, std::ostream& out, std::ostream& err);

}  // namespace app::commands
