#include "care/lab/verify_result.h"

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::lab {

using access_control::Change;
using access_control::Record;
using base::Json;

base::Result<LabOrder> VerifyResult(const std::string& request_id, shared::Context& context) {
  TRY_ASSIGN(LabOrder order, ReadOrder(request_id, context));
  if (!MayFollow(order.state, Step::kVerify)) return WrongStep(order.state);
  const auto& who = context.record.principal();
  const std::string me = "Practitioner/" + who.practitioner_id;
  if (order.entered_by() == me) {
    return base::Unprocessable("Người nhập kết quả không tự duyệt được. Nhờ người thứ hai duyệt.");
  }
  Change change = context.record.NewChange();
  for (Record& result : order.results) {
    result.body.Set("status", "final");
    change.Update(std::move(result));
  }
  order.report.body.Set("status", "final");
  order.report.body.Set("issued", context.clock.Now().ToLocal());
  order.report.body.Set("resultsInterpreter",
                        Json::Arr({shared::Reference(me, who.display_name)}));
  change.Update(std::move(order.report));
  order.request.body.Set("status", "completed");
  change.Update(std::move(order.request));
  change.Raise(std::string(shared::events::kResultVerified),
               shared::EventPayload(order.encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return ReadOrder(request_id, context);
}

base::Result<LabOrder> RejectResult(const std::string& request_id, const std::string& reason,
                                    shared::Context& context) {
  TRY_ASSIGN(LabOrder order, ReadOrder(request_id, context));
  if (!MayFollow(order.state, Step::kReject)) return WrongStep(order.state);
  Change change = context.record.NewChange();
  for (Record& result : order.results) {
    result.body.Set("status", "entered-in-error");
    change.Update(std::move(result));
  }
  order.report.body.Set("status", "entered-in-error");
  order.report.body.Set("conclusion", reason);
  change.Update(std::move(order.report));
  change.Require(order.request);
  change.Raise(std::string(shared::events::kResultEntered),
               shared::EventPayload(order.encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return ReadOrder(request_id, context);
}

}  // namespace care::lab
