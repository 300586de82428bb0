// The tables of the store and how an older file becomes a newer one.
#pragma once

#include "base/result.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// Creates or migrates the tables, one transaction per version. kUnprocessable when the file was
// made by a newer Tram.
base::Status Migrate(Database& writer);

// The version this program writes, kept in PRAGMA user_version.
int64_t SchemaVersion();

}  // namespace storage::sqlite
