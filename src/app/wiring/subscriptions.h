// Who listens to what: the one table that joins rooms which never see each other. Events are read
// from the change log, at least once, by a reader with a durable position; listeners are idempotent.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/shared/endpoint.h"
#include "fhir/store/store.h"

namespace app::wiring {

struct Subscription {
  std::string_view event;
  std::string_view name;  // for the log
  std::function<base::Status(const std::string& encounter_id, care::shared::Context&)> run;
};

// The table itself.
std::vector<Subscription> Subscriptions();

// Topics of the live channel that an event touches, space separated.
std::string_view TopicsOf(std::string_view event);

class EventReader {
 public:
  using WithContext =
      std::function<base::Status(const std::function<base::Status(care::shared::Context&)>&)>;
  using OnEvent = std::function<void(const fhir::store::Event&)>;

  // `with_context` lends a system context per listener; `on_event` tells live screens. Starts where
  // the durable position says.
  EventReader(fhir::store::Store& store, WithContext with_context, OnEvent on_event);

  // Handles every event up to `sequence` (or the newest, if less); returns when done. From any thread:
  // a request that closed a visit waits here until its bill and dossier are there.
  base::Status CatchUp(fhir::store::Sequence sequence);

 private:
  // kUnavailable when it must be handled again; other failures are logged and left behind.
  base::Status Handle(const fhir::store::Event& event);

  fhir::store::Store& store_;
  WithContext with_context_;
  OnEvent on_event_;
  const std::vector<Subscription> table_;
  std::mutex mutex_;
  fhir::store::Sequence position_ = -1;  // -1 = not read yet
};

}  // namespace app::wiring
