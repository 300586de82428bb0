#include "app/wiring/node.h"

#include <chrono>

#include "app/wiring/station_record.h"
#include "base/log.h"
#include "base/text.h"
#include "care/shared/catalogue/code_system.h"

namespace app::wiring {

using access_control::Principal;
using access_control::Purpose;
using access_control::Role;
using access_control::StoreRecordScope;
using care::shared::Context;

base::Result<std::unique_ptr<Node>> Node::Open(NodeOptions options) {
  std::unique_ptr<Node> node(new Node(std::move(options)));
  TRY(node->Build());
  return node;
}

Node::~Node() { Stop(); }

base::Status Node::Build() {
  storage::sqlite::OpenOptions open;
  open.folder = {options_.data_folder, options_.credentials_directory};
  open.clock = &clock_;
  TRY_ASSIGN(store_, storage::sqlite::SqliteStore::Open(open));
  TRY_ASSIGN(station_, ReadStation(*store_));
  TRY(LoadCatalogue());
  hasher_ = std::make_unique<security::PasswordHasher>(random_);
  accounts_ = std::make_unique<access_control::Accounts>(*store_, *hasher_, clock_, random_,
                                                         station_.organization_id);
  sessions_ = std::make_unique<access_control::Sessions>(*store_, clock_, random_);
  tokens_ = std::make_unique<access_control::ProgramTokens>(*store_, clock_, random_,
                                                            station_.organization_id);
  anchor_ = std::make_unique<access_control::AuditAnchor>(options_.data_folder, clock_);
  access_.reset(new access_control::AccessServices{
      *store_, *accounts_, *sessions_, *tokens_, *anchor_, clock_, random_,
      {station_.organization_id, station_.name, station_.facility_code}});
  TRY(sessions_->Load([this](const std::string& login) -> base::Result<Principal> {
    TRY_ASSIGN(const auto user, accounts_->FindByLogin(login));
    if (user.disabled) return base::Forbidden("Tài khoản đã bị khoá.");
    return Principal{user.id, user.login, user.name, user.roles, station_.organization_id};
  }));
  backups_ = std::make_unique<BackupKeeper>(options_.data_folder + "/backups", *store_, clock_, random_);
  if (const auto newest = backups_->Newest()) last_backup_millis = newest->millis;
  events_ = std::make_unique<EventReader>(
      *store_,
      [this](const std::function<base::Status(Context&)>& work) {
        return As(SystemPrincipal(), Purpose::kPayment, work);
      },
      [this](const fhir::store::Event& event) { Tell(event); });
  return base::Ok();
}

// Editions in the record take the place of the starter lists of their kind.
base::Status Node::LoadCatalogue() {
  TRY_ASSIGN(const auto read, store_->BeginRead());
  TRY_ASSIGN(auto query, fhir::search::ParseQueryText("CodeSystem?_count=500"));
  std::vector<base::Json> resources;
  for (;;) {
    TRY_ASSIGN(const auto page, read->Search(query));
    for (const auto& stored : page.matches) {
      TRY_ASSIGN(base::Json body, base::Json::Parse(stored.body, base::kBundleLimits));
      resources.push_back(std::move(body));
    }
    if (page.next_page.empty()) break;
    query.page = page.next_page;
  }
  std::shared_ptr<const care::shared::Catalogue> catalogue;
  if (resources.empty()) {
    catalogue = care::shared::StarterCatalogue();
  } else {
    TRY_ASSIGN(auto editions, care::shared::FromCodeSystems(resources));
    TRY_ASSIGN(auto starter, care::shared::StarterEditions());
    editions.insert(editions.begin(), starter.begin(), starter.end());
    catalogue = care::shared::AssembleCatalogue(std::move(editions));
  }
  const std::lock_guard lock(catalogue_mutex_);
  catalogue_ = std::move(catalogue);
  return base::Ok();
}

std::shared_ptr<const care::shared::Catalogue> Node::catalogue() const {
  const std::lock_guard lock(catalogue_mutex_);
  return catalogue_;
}

Principal Node::SystemPrincipal() const {
  return {"system", "system", "Tram", {Role::kSystem}, station_.organization_id};
}

base::Status Node::As(const Principal& who, Purpose purpose,
                      const std::function<base::Status(Context&)>& work) {
  StoreRecordScope scope(*store_, who, purpose, clock_, random_);
  // Held for the whole call, so that an import cannot take the lists away under it.
  const auto lists = catalogue();
  Context context{scope, clock_, random_, *lists, station_};
  return work(context);
}

base::Status Node::CatchUp() {
  TRY_ASSIGN(const auto read, store_->BeginRead());
  TRY_ASSIGN(const auto newest, read->LastSequence());
  return events_->CatchUp(newest);
}

// Live screens hear the event's name and whom it is about by reference; the public queue only that
// something moved.
void Node::Tell(const fhir::store::Event& event) {
  auto payload = base::Json::Parse(event.payload);
  for (std::string_view topic : base::Split(TopicsOf(event.name), ' ')) {
    if (topic.empty()) continue;
    base::Json message = base::Json::Obj({{"topic", topic}, {"event", event.name}});
    if (topic != "queue" && payload.ok()) {
      const std::string& encounter = (*payload)["encounter"].String();
      message.SetIf("encounter", encounter.substr(encounter.find('/') + 1));
    }
    hub_.Broadcast(topic, message.Dump());
  }
}

void Node::StartBackground() {
  commits_ = store_->OnCommit([this](fhir::store::Sequence sequence) {
    {
      const std::lock_guard lock(wake_mutex_);
      newest_ = sequence;
    }
    wake_.notify_one();
  });
  follower_ = std::thread([this] { FollowLog(); });
}

void Node::FollowLog() {
  catalogue()->WarmUp();
  if (const auto status = CatchUp(); !status.ok()) {
    base::LogError("log_reader_failed", {{"code", base::Name(status.error().code)}});
  }
  fhir::store::Sequence seen = 0;
  bool failed = false;  // then only time wakes it, not the next commit
  int64_t anchored_at = 0;
  for (;;) {
    fhir::store::Sequence newest = 0;
    {
      std::unique_lock lock(wake_mutex_);
      wake_.wait_for(lock, std::chrono::seconds(5), [&] { return stopping_ || (newest_ > seen && !failed); });
      if (stopping_) return;
      newest = newest_;
    }
    if (newest > seen) {
      const auto status = events_->CatchUp(newest);
      failed = !status.ok();
      if (failed) {
        base::LogError("log_reader_failed", {{"code", base::Name(status.error().code)},
                                             {"detail", status.error().detail}});
      } else {
        seen = newest;
      }
    }
    BackUpIfDue();
    // The anchor trails the chain by half a minute; see audit_anchor.h for what that means.
    if (base::MonotonicMillis() - anchored_at > 30'000) {
      if (const auto status = anchor_->Advance(*store_); !status.ok()) {
        base::LogError("audit_anchor_failed", {{"code", base::Name(status.error().code)}});
      }
      anchored_at = base::MonotonicMillis();
    }
  }
}

// A demo's data are not worth a copy.
void Node::BackUpIfDue() {
  const int64_t now = base::MonotonicMillis();
  if (options_.demo || now < backup_retry_millis_ || !backups_->IsDue()) return;
  // A full disk is not helped by trying every few seconds.
  backup_retry_millis_ = now + 10 * 60'000;
  if (const auto status = backups_->Write(); !status.ok()) {
    base::LogError("backup_failed", {{"detail", status.error().detail}});
    return;
  }
  last_backup_millis = clock_.Now().millis;
  base::LogInfo("backup_written");
}

void Node::Stop() {
  {
    const std::lock_guard lock(wake_mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  wake_.notify_all();
  if (follower_.joinable()) follower_.join();
  commits_.reset();
  if (store_ && anchor_) {
    if (const auto status = anchor_->Advance(*store_); !status.ok()) {
      base::LogWarning("audit_anchor_failed", {{"code", base::Name(status.error().code)}});
    }
  }
}

}  // namespace app::wiring
