// StarterData: the files of data/catalogue, compiled into the program by CMake (tools/embed.py).
#pragma once

#include <string_view>

namespace care::shared {

// The bytes of that file, empty when there is none.
std::string_view StarterData(std::string_view name);

}  // namespace care::shared
