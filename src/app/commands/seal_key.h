// Seals a copy of the data key to this machine (its TPM where it has one, else systemd's host key), so
// that the service can be handed the key at start and the plain file can be taken away.
#pragma once

#include <string>

#include "base/result.h"

namespace app::commands {

// Writes `<directory>/tram.key.cred` from `<directory>/key` by systemd-creds(1), for
// LoadCredentialEncrypted=tram.key:<file> in the unit. kUnavailable where systemd-creds is missing or
// refuses (not root, no systemd): the key file is then what there is.
base::Result<std::string> SealKey(const std::string& directory);

}  // namespace app::commands
