// A file or standard input as a stream of bytes, unpacked on the way: plain, gzip or bzip2, told
// apart by their first bytes.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace app::commands {

class InputFile {
 public:
  // "-" is standard input.
  static base::Result<InputFile> Open(const std::string& path);
  InputFile(InputFile&&) noexcept;
  ~InputFile();

  // The next bytes; "" at the end. kInvalid when the packed data are damaged or cut.
  base::Result<std::string> Read();

 private:
  struct Impl;
  explicit InputFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The documents of an input: one for each line of NDJSON, or the whole of a JSON file that spans
// several lines.
class DocumentReader {
 public:
  DocumentReader(InputFile input, size_t max_bytes)
      : input_(std::move(input)), max_bytes_(max_bytes) {}

  struct Item {
    std::string text;  // "" at the end
    size_t line = 0;   // where it begins, from 1
  };
  // kTooLarge when one document is longer than max_bytes.
  base::Result<Item> Next();

 private:
  base::Status Fill();  // reads on; sets ended_
  base::Result<std::string> TakeLine();
  base::Result<std::string> TakeRest();

  InputFile input_;
  const size_t max_bytes_;
  std::string pending_;
  size_t used_ = 0;  // of pending_
  bool ended_ = false;
  size_t line_ = 0;
};

}  // namespace app::commands
