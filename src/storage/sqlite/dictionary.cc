#include "storage/sqlite/dictionary.h"

namespace storage::sqlite {

std::string_view EmbeddedFile(std::string_view name);  // generated, cmake/Embed.cmake

std::string_view BodyDictionary() { return EmbeddedFile("body.dict"); }

}  // namespace storage::sqlite
