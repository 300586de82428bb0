#include "care/reception/queue_screen.h"

#include <algorithm>

#include "care/shared/person.h"
#include "care/shared/visit.h"

namespace care::reception {

base::Result<QueueScreen> ReadQueueScreen(shared::Context& context) {
  TRY_ASSIGN(const auto visits, shared::ListVisits(context, context.clock.Today(),
                                                   "&status=arrived,in-progress"));
  QueueScreen screen;
  for (const shared::VisitRow& visit : visits) {
    if (visit.stage == Name(shared::Stage::kWithDoctor)) {
      screen.called.push_back({visit.ticket, visit.desk, shared::PublicName(visit.patient.name)});
    } else if (visit.stage == Name(shared::Stage::kWaitingNurse) ||
               visit.stage == Name(shared::Stage::kWaitingDoctor)) {
      screen.waiting.push_back({visit.ticket, visit.urgent});
    }
  }
  std::reverse(screen.called.begin(), screen.called.end());
  if (screen.called.size() > 6) screen.called.resize(6);
  return screen;
}

}  // namespace care::reception
