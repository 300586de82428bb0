// Sessions: who is at which browser. The cookie carries 256 random bits; only their digest is kept,
// in memory and in the store, so that a restart leaves everyone at a locked screen, not logged out.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/guarded.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

struct Session {
  std::string id;  // shown in lists; opens nothing
  Principal who;
  std::string device;  // the address or device cookie it was opened from
  base::Instant created;
  base::Instant last_seen;
  base::Instant expires;
  bool locked = false;  // needs the password again; drafts stay
};

struct OpenedSession {
  std::string token;  // for the cookie; never kept
  std::string csrf;   // for the header X-Tram-Csrf
  Session session;
};

// Whether a request is a person's doing. Live screens asking by themselves keep no session awake.
enum class Touch { kPerson, kBackground };

class Sessions {
 public:
  static constexpr int64_t kIdleMillis = 15 * 60'000;
  static constexpr int64_t kLongestMillis = 12 * 3'600'000;
  static constexpr size_t kMostPerPerson = 8;  // then the oldest ends

  Sessions(fhir::store::Store& store, const base::Clock& clock, base::Random& random);

  // At start: brings back what had not expired, locked. `current` says what the account may do now;
  // an error from it ends the session.
  base::Status Load(
      const std::function<base::Result<Principal>(const std::string& login)>& current);

  base::Result<OpenedSession> Open(const Principal& who, const std::string& device);
  // kUnauthenticated when there is none or it has expired. An idle one comes back locked.
  base::Result<Session> Find(std::string_view token, Touch touch);
  // The same session under a new token, awake again.
  base::Result<OpenedSession> Unlock(std::string_view token, const Principal& who);
  // Locks at once, when the person leaves the desk.
  base::Status Lock(std::string_view token);
  base::Status Close(std::string_view token);

  std::vector<Session> List();
  base::Status Revoke(std::string_view session_id);
  // All sessions of a person, except one ("" = none): after a change of password, roles or state.
  base::Status RevokeAllOf(std::string_view practitioner_id, std::string_view except_id = {});

  // Derived from the token, so that it needs no keeping: a page of another origin cannot read it.
  static std::string CsrfOf(std::string_view token);
  static bool CsrfMatches(std::string_view token, std::string_view header);

 private:
  struct Kept {
    Session session;
    fhir::store::Version version = 0;  // of the secret in the store
  };
  using ByDigest = std::map<std::string, Kept, std::less<>>;

  base::Status Save(const std::string& digest, Kept& kept);
  base::Status Forget(const Kept& kept);
  bool IsOver(const Session& session) const { return session.expires <= clock_.Now(); }

  fhir::store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  base::Guarded<ByDigest> sessions_;
};

// Whether a request that changes something comes from our own pages: Origin, when sent, must be the
// scheme and host the server answers as; "null" never is.
bool OriginMatches(std::string_view origin, std::string_view own_origin);

}  // namespace access_control
