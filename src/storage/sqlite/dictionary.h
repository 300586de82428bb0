// The zstd dictionary that bodies are compressed with; part of the file format, so the bytes never
// change. A better one gets a new dictionary id beside it (zstd frames name theirs).
#pragma once

#include <string_view>

namespace storage::sqlite {

std::string_view BodyDictionary();

}  // namespace storage::sqlite
