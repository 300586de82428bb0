#include "app/wiring/node.h"
#include "app/wiring/room_routes.h"
#include "base/log.h"

namespace app::wiring {

http::Router Node::MakeRouter() {
  http::Router router;
  AddAccessRoutes(*this, router);
  AddRoomRoutes(*this, router);
  AddFileRoutes(*this, router);
  AddWebhookRoutes(*this, router);
  AddStatusRoutes(*this, router);
  AddFhirRoutes(*this, router);
  if (!options_.web_folder.empty()) {
    auto files = http::StaticFiles::Load(options_.web_folder);
    if (files.ok()) {
      router.SetFallback([pages = std::move(*files)](const http::Request& request) {
        return pages.Answer(request);
      });
    } else {
      base::LogWarning("web_app_missing", {{"detail", files.error().detail}});
    }
  }
  router.Wrap(http::WithApiHeaders);
  return router;
}

}  // namespace app::wiring
