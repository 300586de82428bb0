#include "exchange/payment_qr/qr_svg.h"

#include <memory>

#include <qrencode.h>

namespace exchange::payment_qr {

base::Result<std::string> QrSvg(std::string_view payload) {
  if (payload.empty() || payload.size() > 2'000) return base::Invalid("Nội dung mã QR quá dài.");
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(payload.size()),
                        reinterpret_cast<const unsigned char*>(payload.data()), 0, QR_ECLEVEL_M),
      QRcode_free);
  if (!code) return base::Internal("qrencode failed");
  constexpr int kQuiet = 4;
  const int side = code->width + 2 * kQuiet;
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " +
                    std::to_string(side) + " " + std::to_string(side) +
                    "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" +
                    std::to_string(side) + "v" + std::to_string(side) + "H0z\"/><path d=\"";
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) == 0) continue;
      int run = 1;
      while (x + run < code->width && (code->data[y * code->width + x + run] & 1) != 0) ++run;
      svg += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h" +
             std::to_string(run) + "v1h-" + std::to_string(run) + "z";
      x += run - 1;
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace exchange::payment_qr
