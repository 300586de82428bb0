// The visits of yesterday, walked through the real use cases under a clock set back to that day.
#pragma once

#include "app/wiring/node.h"
#include "base/random.h"
#include "base/result.h"

namespace app::demo {

base::Status ReplayYesterday(wiring::Node& node, int visits, base::Random& random);

}  // namespace app::demo
