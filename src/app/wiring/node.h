// Node: one running Tram: the store, who may enter, the rooms and the screens, built and joined here
// and nowhere else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "access/accounts.h"
#include "access/audit_anchor.h"
#include "access/endpoints.h"
#include "access/program_tokens.h"
#include "access/sessions.h"
#include "access/store_record_scope.h"
#include "app/wiring/backup_keeper.h"
#include "app/wiring/config.h"
#include "app/wiring/subscriptions.h"
#include "base/random.h"
#include "base/time.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/station.h"
#include "http/metrics.h"
#include "http/router.h"
#include "http/static_files.h"
#include "http/websocket.h"
#include "security/password_hasher.h"
#include "storage/sqlite/sqlite_store.h"

namespace app::wiring {

struct NodeOptions {
  std::string data_folder;
  std::string credentials_directory = {};
  std::string web_folder = {};  // the built web app; "" = none served
  Config config = {};
  bool demo = false;
};

class Node {
 public:
  // kNotFound when `tram init` has not been run there, kConflict when another process has the folder.
  static base::Result<std::unique_ptr<Node>> Open(NodeOptions options);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  http::Router MakeRouter();
  // The threads that follow the log and look after the catalogue and the audit anchor.
  void StartBackground();
  // Ends them; the last audit records are made durable and anchored.
  void Stop();

  // Runs `work` as somebody, with a fresh scope.
  base::Status As(const access_control::Principal& who, access_control::Purpose purpose,
                  const std::function<base::Status(care::shared::Context&)>& work);
  access_control::Principal SystemPrincipal() const;
  // Handles what the log holds so far; for commands that end after their work.
  base::Status CatchUp();

  storage::sqlite::SqliteStore& store() { return *store_; }
  access_control::Accounts& accounts() { return *accounts_; }
  access_control::AccessServices& access() { return *access_; }
  access_control::Sessions& sessions() { return *sessions_; }
  access_control::ProgramTokens& tokens() { return *tokens_; }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() { return random_; }
  const care::shared::Station& station() const { return station_; }
  std::shared_ptr<const care::shared::Catalogue> catalogue() const;
  http::Metrics& metrics() { return metrics_; }
  http::WebSocketHub& hub() { return hub_; }
  EventReader& events() { return *events_; }
  const NodeOptions& options() const { return options_; }

  // When the newest backup was made, for the status line; 0 = never.
  std::atomic<int64_t> last_backup_millis{0};

 private:
  explicit Node(NodeOptions options) : options_(std::move(options)) {}
  base::Status Build();
  base::Status LoadCatalogue();
  void FollowLog();
  void BackUpIfDue();
  void Tell(const fhir::store::Event& event);

  NodeOptions options_;
  base::SystemClock clock_;
  base::SystemRandom random_;
  http::Metrics metrics_;
  http::WebSocketHub hub_;
  std::unique_ptr<storage::sqlite::SqliteStore> store_;
  care::shared::Station station_;
  mutable std::mutex catalogue_mutex_;
  std::shared_ptr<const care::shared::Catalogue> catalogue_;
  std::unique_ptr<security::PasswordHasher> hasher_;
  std::unique_ptr<access_control::Accounts> accounts_;
  std::unique_ptr<access_control::Sessions> sessions_;
  std::unique_ptr<access_control::ProgramTokens> tokens_;
  std::unique_ptr<access_control::AuditAnchor> anchor_;
  std::unique_ptr<access_control::AccessServices> access_;
  std::unique_ptr<EventReader> events_;
  std::unique_ptr<BackupKeeper> backups_;
  int64_t backup_retry_millis_ = 0;  // not before this moment of the monotonic clock
  fhir::store::Store::Subscription commits_;

  std::mutex wake_mutex_;
  std::condition_variable wake_;
  fhir::store::Sequence newest_ = 0;
  bool stopping_ = false;
  std::thread follower_;
};

}  // namespace app::wiring
