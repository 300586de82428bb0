#include <any>

#include "app/wiring/caller.h"
#include "app/wiring/room_routes.h"
#include "base/text.h"
#include "fhir/rest/service.h"

#ifndef TRAM_VERSION
#define TRAM_VERSION "0"
#endif

namespace app::wiring {

using access_control::Purpose;
using base::Json;
using base::Result;
using http::Request;
using http::Response;

namespace {

// Open duties: what still has to go out.
Result<int64_t> CountWaiting(Node& node) {
  TRY_ASSIGN(const auto read, node.store().BeginRead());
  TRY_ASSIGN(auto query,
             fhir::search::ParseQueryText(
                 "Task?status=requested,in-progress,failed&code=https://tram.health/fhir/CodeSystem/"
                 "task|duty-send-claim,https://tram.health/fhir/CodeSystem/task|duty-send-prescription"
                 "&_summary=count"));
  TRY_ASSIGN(const auto page, read->Search(query));
  return page.total.value_or(static_cast<int64_t>(page.matches.size()));
}

Json Status(Node& node, const Request& request) {
  Json status = Json::Obj({{"node", "online"},
                           {"demo", node.options().demo},
                           {"station", node.station().name},
                           {"version", TRAM_VERSION},
                           {"now", node.clock().Now().ToLocal()}});
  if (!FindCaller(node, request).ok()) return status;
  const auto waiting = CountWaiting(node);
  status.Set("waitingToSend", waiting.ok() ? Json(*waiting) : Json());
  const int64_t backup = node.last_backup_millis.load();
  status.Set("lastBackup", backup == 0 ? Json() : Json(base::Instant{backup}.ToLocal()));
  Json desks = Json::Arr();
  for (const std::string& desk : node.station().desks) desks.Push(desk);
  status.Set("desks", std::move(desks));
  return status;
}

Response Health(Node& node) {
  const auto statistics = node.store().Statistics();
  if (!statistics.ok()) return Response::Text("store unavailable\n", 503);
  return Response::Text("ok\n");
}

// "queue,visits" -> the topics this caller may hear; the queue is public.
Result<std::any> AuthoriseLive(Node& node, const Request& request) {
  if (!IsSameOrigin(request)) return base::Forbidden("Kênh trực tiếp chỉ mở từ trang của Trạm.");
  const std::string_view wanted = request.query.Get("topics");
  std::vector<std::string> topics;
  bool only_queue = true;
  for (std::string_view topic : base::Split(wanted, ',')) {
    if (topic.empty()) continue;
    constexpr std::string_view kTopics[] = {"queue", "visits", "lab", "pharmacy", "cashier", "claims"};
    if (std::find(std::begin(kTopics), std::end(kTopics), topic) == std::end(kTopics)) {
      return base::Invalid("Không có kênh trực tiếp này.", "topics");
    }
    topics.emplace_back(topic);
    only_queue = only_queue && topic == "queue";
  }
  if (!only_queue) TRY(FindCaller(node, request));
  return std::any(std::move(topics));
}

}  // namespace

void AddStatusRoutes(Node& node, http::Router& router) {
  using http::Method;
  router.Add(Method::kGet, "/api/status",
             [&node](const Request& request) { return Response::Json(Status(node, request)); },
             "The state of this node in a few words");
  router.Add(Method::kGet, "/health", [&node](const Request&) { return Health(node); },
             "200 while the store answers");
  node.metrics().AddProbe("tram_resident_bytes", "Resident memory of the process.",
                          [] { return static_cast<double>(http::ResidentBytes()); });
  node.metrics().AddProbe("tram_commits_waiting", "Commits in the writer's queue.", [&node] {
    const auto statistics = node.store().Statistics();
    return statistics.ok() ? static_cast<double>(statistics->commits_waiting) : -1.0;
  });
  node.metrics().AddProbe("tram_last_sequence", "Newest entry of the change log.", [&node] {
    const auto statistics = node.store().Statistics();
    return statistics.ok() ? static_cast<double>(statistics->last_sequence) : -1.0;
  });
  router.Add(Method::kGet, "/metrics",
             [&node](const Request&) { return Response::Text(node.metrics().Write()); },
             "Prometheus metrics");
  http::WebSocketEndpoint live;
  live.authorise = [&node](const Request& request) { return AuthoriseLive(node, request); };
  live.on_open = [&node](const std::shared_ptr<http::WebSocketSession>& session) {
    for (const auto& topic : std::any_cast<const std::vector<std::string>&>(session->owner())) {
      node.hub().Subscribe(topic, session);
    }
  };
  live.on_close = [&node](const std::shared_ptr<http::WebSocketSession>& session) {
    node.hub().Unsubscribe(session);
  };
  router.AddWebSocket("/ws/live", std::move(live), "Live events by topic");
}

void AddFhirRoutes(Node& node, http::Router& router) {
  fhir::rest::ServiceOptions options;
  options.software_version = TRAM_VERSION;
  options.clock = &node.clock();
  options.open = [&node](const Request& request) -> Result<access_control::GuardedStore> {
    TRY_ASSIGN(const Caller caller, FindCaller(node, request));
    return access_control::GuardedStore(node.store(), caller.who, Purpose::kTreatment, node.clock(),
                                        node.random());
  };
  options.max_bundle_entries = [](const Request& request) {
    return SessionToken(request).empty() ? base::kMaxBundleEntries : base::kMaxBrowserBundleEntries;
  };
  fhir::rest::Service(std::move(options)).AddTo(router);
}

}  // namespace app::wiring
