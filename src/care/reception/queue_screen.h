// What the public queue screen shows: numbers, desks, and names nobody outside could use.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::reception {

struct CalledTicket {
  std::string ticket;
  std::string desk;
  std::string public_name;
};

struct WaitingTicket {
  std::string ticket;
  bool urgent = false;
};

struct QueueScreen {
  std::vector<CalledTicket> called;    // the latest call first, at most 6
  std::vector<WaitingTicket> waiting;  // in the order they will be called
};

base::Result<QueueScreen> ReadQueueScreen(shared::Context& context);

}  // namespace care::reception
