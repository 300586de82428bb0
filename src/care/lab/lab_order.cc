#include "care/lab/lab_order.h"

#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::lab {

using access_control::Record;

std::string LabOrder::service() const {
  return shared::CodeIn(request["code"], shared::code_system::kService);
}

std::string LabOrder::entered_by() const {
  return shared::ReferenceOf(report["performer"][0]);
}

base::Result<LabOrder> ReadOrder(const std::string& request_id, shared::Context& context) {
  LabOrder order;
  TRY_ASSIGN(order.request, context.record.Read("ServiceRequest", request_id));
  const std::string& status = order.request["status"].String();
  if (status != "active" && status != "completed") {
    return base::Conflict("Chỉ định này đã bị huỷ. Hãy tải lại danh sách.");
  }
  TRY_ASSIGN(order.encounter,
             context.record.ReadReference(shared::ReferenceOf(order.request["encounter"])));
  TRY_ASSIGN(order.patient,
             context.record.Read("Patient", shared::PatientIdOf(order.request.body)));
  const std::string reference = order.request.Reference();
  // Specimen has no search parameter for its request in R4, so its id says it.
  auto specimen = context.record.Read("Specimen", "specimen-" + request_id);
  if (specimen.ok()) {
    order.specimen = std::move(*specimen);
  } else if (specimen.error().code != base::ErrorCode::kNotFound) {
    return specimen.error();
  }
  // A report that was sent back keeps its id and gets new content.
  auto report = context.record.Read("DiagnosticReport", "report-" + request_id);
  if (report.ok()) {
    order.report = std::move(*report);
  } else if (report.error().code != base::ErrorCode::kNotFound) {
    return report.error();
  }
  TRY_ASSIGN(order.results, context.record.SearchAll("Observation?based-on=" + reference +
                                                         "&status=preliminary,final,amended",
                                                     200));
  order.state = StateOf(order.request.body, order.specimen.version > 0, !order.results.empty());
  return order;
}

base::Error WrongStep(OrderState state) {
  switch (state) {
    case OrderState::kOrdered: return base::Conflict("Chưa có kết quả nào được nhập cho chỉ định này.");
    case OrderState::kCollected: return base::Conflict("Mẫu đã lấy, chưa có kết quả.");
    case OrderState::kEntered: return base::Conflict("Kết quả đã nhập, đang chờ người thứ hai duyệt.");
    case OrderState::kVerified: return base::Conflict("Kết quả đã được duyệt, không sửa được nữa.");
  }
  return base::Conflict("Bước này không làm được lúc này.");
}

}  // namespace care::lab
