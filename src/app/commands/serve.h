// `tram serve` and `tram demo`: open the node, listen, and stop gracefully on SIGINT or SIGTERM.
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "app/wiring/node.h"

namespace app::commands {

struct ServeOptions {
  wiring::NodeOptions node;
  // Called once the node is open, before it listens.
  std::function<base::Status(wiring::Node&)> prepare = {};
  // Called with the address people type once it listens.
  std::function<void(const std::string& url)> ready = {};
};

// Returns when told to stop: 0, or 1 with the reason on `err`.
int RunServe(const ServeOptions& options, std::ostream& err);

struct DemoOptions {
  std::string data_folder;  // "" = a new temporary folder, removed at the end
  uint16_t port = 8700;
  std::string web_folder;
  int residents = 2000;
  int visits_yesterday = 40;
};
int RunDemo(const DemoOptions& options, std::ostream& out, std::ostream& err);

// The built web app beside the program: share/tram/web, ../web/dist of a build tree; "" if none.
std::string FindWebFolder();

}  // namespace app::commands
