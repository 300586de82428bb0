// Binds the rooms' declared endpoints to HTTP: session, permission, JSON in, JSON out.
#pragma once

#include <vector>

#include "app/wiring/node.h"
#include "care/shared/endpoint.h"
#include "http/router.h"

namespace app::wiring {

// Every endpoint of every room, in one list: for binding, the API reference and the route lint.
std::vector<care::shared::Endpoint> RoomEndpoints();

void AddRoomRoutes(Node& node, http::Router& router);
// Files and webhooks, which are not JSON in and out.
void AddFileRoutes(Node& node, http::Router& router);
void AddWebhookRoutes(Node& node, http::Router& router);
// Login, sessions, users, audit.
void AddAccessRoutes(Node& node, http::Router& router);
// /api/status, /health, /metrics, /ws/live.
void AddStatusRoutes(Node& node, http::Router& router);
void AddFhirRoutes(Node& node, http::Router& router);

// {"a": …} of a request body under the limits contract; null for an empty body.
base::Result<base::Json> ReadJsonBody(const http::Request& request);

}  // namespace app::wiring
