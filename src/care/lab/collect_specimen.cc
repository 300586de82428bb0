#include "care/lab/collect_specimen.h"

#include <fmt/format.h>

#include "care/lab/lab_order.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::lab {

using base::Json;

base::Result<std::string> CollectSpecimen(const std::string& request_id,
                                          shared::Context& context) {
  return access_control::RetryOnConflict([&]() -> base::Result<std::string> {
    TRY_ASSIGN(const LabOrder order, ReadOrder(request_id, context));
    if (!MayFollow(order.state, Step::kCollect)) {
      if (order.specimen.version > 0) {
        return shared::IdentifierValue(order.specimen.body, shared::sid::kSpecimen);
      }
      return base::Unprocessable(WrongStep(order.state).message);
    }
    auto change = context.record.NewChange();
    const base::Date today = context.clock.Today();
    TRY_ASSIGN(const int64_t number,
               shared::DrawNumber(context, change, "specimen-" + today.ToIso()));
    const std::string label =
        fmt::format("{:02}{:02}{:02}-{:03}", today.year % 100, today.month, today.day, number);
    Json specimen = Json::Obj({{"resourceType", "Specimen"}, {"id", "specimen-" + request_id}});
    shared::SetIdentifier(specimen, shared::sid::kSpecimen, label);
    specimen.Set("status", "available");
    specimen.Set("subject", order.request["subject"]);
    specimen.Set("request", Json::Arr({shared::Reference(order.request.Reference())}));
    const auto& who = context.record.principal();
    specimen.Set("collection",
                 Json::Obj({{"collector", shared::Reference("Practitioner/" + who.practitioner_id,
                                                            who.display_name)},
                            {"collectedDateTime", context.clock.Now().ToLocal()}}));
    change.Create(std::move(specimen));
    change.Require(order.request);
    TRY(context.record.Commit(std::move(change)));
    return label;
  });
}

}  // namespace care::lab
