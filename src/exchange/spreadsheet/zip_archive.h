// Reads a ZIP file held in memory, one entry at a time as a stream, within the decompression limits
// of the limits contract. Nothing is ever written to disk, so entry names cannot escape anywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace exchange::spreadsheet {

class ZipArchive {
 public:
  // Keeps a view of the bytes. Refuses encrypted, split and ZIP64 archives, which spreadsheets are
  // not.
  static base::Result<ZipArchive> Open(std::string_view bytes);

  bool Has(std::string_view name) const;
  // Feeds the decompressed entry to `sink` in pieces, checking size, ratio and CRC-32. The sink may
  // stop the reading with an error of its own.
  base::Status Read(std::string_view name, size_t max_bytes,
                    const std::function<base::Status(std::string_view)>& sink) const;

 private:
  struct Entry {
    std::string name;
    uint16_t method = 0;
    uint32_t crc = 0;
    uint32_t packed_size = 0;
    uint32_t header_offset = 0;
  };
  const Entry* Find(std::string_view name) const;
  base::Result<std::string_view> PackedBytes(const Entry& entry) const;

  std::string_view bytes_;
  std::vector<Entry> entries_;
};

}  // namespace exchange::spreadsheet
