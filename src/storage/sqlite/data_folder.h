// A station's data folder: where its key lies, which cipher its pages use, and the recovery key
// that opens it when the key is lost. docs/formats/store.md lists the files.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "storage/sqlite/cipher.h"

namespace storage::sqlite {

struct DataFolder {
  std::string directory;
  // What systemd hands the service ($CREDENTIALS_DIRECTORY, read by app/wiring); "" without. A
  // credential "tram.key" there wins over the key file, which may then be absent.
  std::string credentials_directory = {};
};

std::string DatabasePath(const DataFolder& folder);
bool HasDatabase(const DataFolder& folder);

// Makes the folder with a new key (file `key`, 0600), the cipher that suits this processor (file
// `cipher`) and the recovery wrap (file `recovery.key`). kConflict when there is a database
// already. Returns the recovery key to be shown once and written down; nothing keeps it.
base::Result<std::string> CreateDataFolder(const DataFolder& folder, base::Random& random);

base::Result<PageKey> LoadPageKey(const DataFolder& folder);

// Where the key comes from, for `tram init` and `tram doctor`: "systemd-credential", "key-file".
std::string_view KeyOrigin(const DataFolder& folder);

// ---- The recovery key
// ----------------------------------------------------------------------------

// 160 random bits as eight groups of letters and digits ("7KQ2-…"), without those easily mixed up.
std::string MakeRecoveryKey(base::Random& random);
// The content of `recovery.key`: the data key under AES-256-GCM with a key derived from the
// recovery key by HKDF-SHA-256.
std::string WrapKey(std::string_view data_key, std::string_view recovery_key, base::Random& random);
// kUnprocessable when the recovery key is not the one. Case, spaces and dashes do not matter.
base::Result<std::string> UnwrapKey(std::string_view wrapped, std::string_view recovery_key);

}  // namespace storage::sqlite
