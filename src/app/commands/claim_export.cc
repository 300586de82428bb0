#include "app/commands/claim_export.h"

#include <fstream>

#include "care/insurance/build_dossier.h"

namespace app::commands {

int RunClaimExport(wiring::Node& node, const std::string& visit, const std::string& file,
                   std::ostream& out, std::ostream& err) {
  std::string xml;
  const base::Status built = node.As(
      node.SystemPrincipal(), access_control::Purpose::kPayment,
      [&](care::shared::Context& context) -> base::Status {
        TRY_ASSIGN(auto dossier, care::insurance::BuildDossier(visit, context));
        xml = std::move(dossier.xml);
        return base::Ok();
      });
  if (!built.ok()) {
    err << built.error().message << '\n';
    return 1;
  }
  if (file.empty()) {
    out << xml;
    return 0;
  }
  std::ofstream target(file, std::ios::binary | std::ios::trunc);
  target << xml;
  target.close();
  if (!target) {
    err << "Không ghi được tệp " << file << ".\n";
    return 1;
  }
  out << "Đã ghi " << file << "\n";
  return 0;
}

}  // namespace app::commands
