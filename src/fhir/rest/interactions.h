// One function for each FHIR interaction, one file for each function.
#pragma once

#include "base/result.h"
#include "fhir/rest/call.h"
#include "http/response.h"

namespace fhir::rest {

base::Result<http::Response> Read(const Call& call);         // GET /Patient/1
base::Result<http::Response> ReadVersion(const Call& call);  // GET /Patient/1/_history/2
base::Result<http::Response> Create(const Call& call);       // POST /Patient
base::Result<http::Response> Update(const Call& call);       // PUT /Patient/1, PUT /Patient?…
base::Result<http::Response> Delete(const Call& call);   // DELETE /Patient/1, DELETE /Patient?…
base::Result<http::Response> Patch(const Call& call);    // PATCH /Patient/1
base::Result<http::Response> History(const Call& call);  // GET /Patient/1/_history, /Patient/…
base::Result<http::Response> Search(const Call& call);   // GET /Patient?…, POST /Patient/_search
base::Result<http::Response> RunBundle(const Call& call);  // POST /

// Which of them a request means, and its answer; every failure as an OperationOutcome.
http::Response Dispatch(const Call& call);

}  // namespace fhir::rest
