#include "access/sessions.h"

#include <algorithm>

#include "access/secrets.h"
#include "base/text.h"
#include "security/digest.h"
#include "security/token.h"

namespace access_control {
namespace {

using base::Instant;
using base::Json;

constexpr std::string_view kKind = "session-";

base::Error NobodyHere() { return {base::ErrorCode::kUnauthenticated, "Hãy đăng nhập.", {}, {}}; }

}  // namespace

Sessions::Sessions(fhir::store::Store& store, const base::Clock& clock, base::Random& random)
    : store_(store), clock_(clock), random_(random) {}

base::Status Sessions::Save(const std::string& digest, Kept& kept) {
  const Session& session = kept.session;
  Json fields = Json::Obj({{"token", digest},
                           {"login", session.who.login},
                           {"device", session.device},
                           {"created", session.created.millis},
                           {"expires", session.expires.millis}});
  TRY_ASSIGN(auto write, WriteOf({SecretKey(kKind, session.id), std::move(fields), kept.version}));
  fhir::store::Transaction transaction;
  transaction.writes.push_back(std::move(write));
  TRY_ASSIGN(const auto receipt, store_.Commit(std::move(transaction)));
  kept.version = receipt.versions.front();
  return base::Ok();
}

base::Status Sessions::Forget(const Kept& kept) {
  fhir::store::Transaction transaction;
  transaction.writes.push_back(
      DeletionOf({SecretKey(kKind, kept.session.id), Json(), kept.version}));
  TRY(store_.Commit(std::move(transaction)));
  return base::Ok();
}

base::Status Sessions::Load(
    const std::function<base::Result<Principal>(const std::string& login)>& current) {
  TRY_ASSIGN(const auto secrets, ListSecrets(store_, kKind));
  auto sessions = sessions_.Lock();
  for (const Secret& secret : secrets) {
    const Json& fields = secret.fields;
    Kept kept{.session = {.id = secret.key.id.substr(kKind.size()),
                          .device = fields["device"].String(),
                          .created = Instant{fields["created"].Int()},
                          .last_seen = Instant{fields["created"].Int()},
                          .expires = Instant{fields["expires"].Int()},
                          .locked = true},
              .version = secret.version};
    auto who = current(fields["login"].String());
    if (!who.ok() || IsOver(kept.session)) {
      TRY(Forget(kept));
      continue;
    }
    kept.session.who = std::move(who).value();
    sessions->insert_or_assign(fields["token"].String(), std::move(kept));
  }
  return base::Ok();
}

base::Result<OpenedSession> Sessions::Open(const Principal& who, const std::string& device) {
  const std::string token = security::MakeToken(random_);
  const Instant now = clock_.Now();
  Kept kept{.session = {.id = base::MakeUuid7(now, random_),
                        .who = who,
                        .device = device,
                        .created = now,
                        .last_seen = now,
                        .expires = now.AddMillis(kLongestMillis)}};
  const std::string digest = security::TokenDigest(token);
  TRY(Save(digest, kept));
  OpenedSession opened{.token = token, .csrf = CsrfOf(token), .session = kept.session};

  std::vector<Kept> ended;
  {
    auto sessions = sessions_.Lock();
    std::vector<ByDigest::iterator> own;
    for (auto it = sessions->begin(); it != sessions->end();) {
      if (IsOver(it->second.session)) {
        ended.push_back(std::move(it->second));
        it = sessions->erase(it);
        continue;
      }
      if (it->second.session.who.practitioner_id == who.practitioner_id) own.push_back(it);
      ++it;
    }
    if (own.size() >= kMostPerPerson) {
      const auto oldest = *std::min_element(own.begin(), own.end(), [](auto left, auto right) {
        return left->second.session.last_seen < right->second.session.last_seen;
      });
      ended.push_back(std::move(oldest->second));
      sessions->erase(oldest);
    }
    sessions->insert_or_assign(digest, std::move(kept));
  }
  for (const Kept& over : ended) TRY(Forget(over));
  return opened;
}

base::Result<Session> Sessions::Find(std::string_view token, Touch touch) {
  if (!security::LooksLikeToken(token)) return NobodyHere();
  const std::string digest = security::TokenDigest(token);
  auto sessions = sessions_.Lock();
  const auto found = sessions->find(digest);
  if (found == sessions->end() || IsOver(found->second.session)) return NobodyHere();
  Session& session = found->second.session;
  const Instant now = clock_.Now();
  if (session.last_seen.AddMillis(kIdleMillis) <= now) session.locked = true;
  if (!session.locked && touch == Touch::kPerson) session.last_seen = now;
  return session;
}

base::Result<OpenedSession> Sessions::Unlock(std::string_view token, const Principal& who) {
  TRY_ASSIGN(const Session session, Find(token, Touch::kBackground));
  if (session.who.practitioner_id != who.practitioner_id) return NobodyHere();
  const std::string digest = security::TokenDigest(token);
  Kept kept;
  {
    auto sessions = sessions_.Lock();
    auto node = sessions->extract(digest);
    if (node.empty()) return NobodyHere();
    kept = std::move(node.mapped());
  }
  kept.session.who = who;
  kept.session.locked = false;
  kept.session.last_seen = clock_.Now();
  const std::string fresh = security::MakeToken(random_);
  const std::string fresh_digest = security::TokenDigest(fresh);
  if (auto saved = Save(fresh_digest, kept); !saved.ok()) {
    // The old cookie stays good for another try.
    kept.session.locked = true;
    sessions_.Lock()->insert_or_assign(digest, std::move(kept));
    return std::move(saved).error();
  }
  OpenedSession opened{.token = fresh, .csrf = CsrfOf(fresh), .session = kept.session};
  sessions_.Lock()->insert_or_assign(fresh_digest, std::move(kept));
  return opened;
}

base::Status Sessions::Lock(std::string_view token) {
  auto sessions = sessions_.Lock();
  const auto found = sessions->find(security::TokenDigest(token));
  if (found == sessions->end()) return NobodyHere();
  found->second.session.locked = true;
  return base::Ok();
}

base::Status Sessions::Close(std::string_view token) {
  Kept kept;
  {
    auto sessions = sessions_.Lock();
    auto node = sessions->extract(security::TokenDigest(token));
    if (node.empty()) return base::Ok();
    kept = std::move(node.mapped());
  }
  return Forget(kept);
}

std::vector<Session> Sessions::List() {
  std::vector<Session> list;
  auto sessions = sessions_.Lock();
  for (const auto& [digest, kept] : *sessions) {
    if (IsOver(kept.session)) continue;
    list.push_back(kept.session);
    if (kept.session.last_seen.AddMillis(kIdleMillis) <= clock_.Now()) list.back().locked = true;
  }
  std::sort(list.begin(), list.end(),
            [](const Session& left, const Session& right) { return left.created > right.created; });
  return list;
}

base::Status Sessions::Revoke(std::string_view session_id) {
  std::vector<Kept> ended;
  {
    auto sessions = sessions_.Lock();
    for (auto it = sessions->begin(); it != sessions->end(); ++it) {
      if (it->second.session.id != session_id) continue;
      ended.push_back(std::move(it->second));
      sessions->erase(it);
      break;
    }
  }
  if (ended.empty()) return base::NotFound("Phiên này đã kết thúc.");
  return Forget(ended.front());
}

base::Status Sessions::RevokeAllOf(std::string_view practitioner_id, std::string_view except_id) {
  std::vector<Kept> ended;
  {
    auto sessions = sessions_.Lock();
    for (auto it = sessions->begin(); it != sessions->end();) {
      const Session& session = it->second.session;
      if (session.who.practitioner_id == practitioner_id && session.id != except_id) {
        ended.push_back(std::move(it->second));
        it = sessions->erase(it);
      } else {
        ++it;
      }
    }
  }
  for (const Kept& over : ended) TRY(Forget(over));
  return base::Ok();
}

std::string Sessions::CsrfOf(std::string_view token) {
  return base::ToBase64Url(security::HmacSha256(token, "tram-csrf"));
}

bool Sessions::CsrfMatches(std::string_view token, std::string_view header) {
  return security::ConstantTimeEqual(CsrfOf(token), header);
}

bool OriginMatches(std::string_view origin, std::string_view own_origin) {
  return origin.empty() || (origin != "null" && origin == own_origin);
}

}  // namespace access_control
