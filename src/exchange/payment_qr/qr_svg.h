// A QR code as an SVG picture that prints and scales cleanly.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::payment_qr {

// Level M, a quiet zone of four modules, black on white. At most 2,000 bytes.
base::Result<std::string> QrSvg(std::string_view payload);

}  // namespace exchange::payment_qr
