#include "exchange/spreadsheet/csv_reader.h"

#include <array>

#include "base/limits.h"
#include "base/text.h"

namespace exchange::spreadsheet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The candidate that occurs most often outside quotes in the first lines; official files begin with
// title lines that hold none.
char DetectSeparator(std::string_view text) {
  constexpr std::array<char, 3> kCandidates = {',', ';', '\t'};
  std::array<size_t, 3> counts{};
  bool quoted = false;
  int lines = 0;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' && ++lines == 40) break;
    for (size_t i = 0; i < kCandidates.size(); ++i) counts[i] += c == kCandidates[i] ? 1 : 0;
  }
  size_t best = 0;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  return kCandidates[best];
}

class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  base::Result<Grid> Run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && cell_.empty() && !was_quoted_) {
        TRY(ReadQuoted());
      } else if (c == separator_) {
        TRY(EndCell());
        ++at_;
      } else if (c == '\n' || c == '\r') {
        TRY(EndRow());
        at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        row_.line = ++line_;
      } else {
        cell_ += c;
        ++at_;
      }
    }
    TRY(EndRow());
    return std::move(grid_);
  }

 private:
  // From the opening quote past the closing one.
  base::Status ReadQuoted() {
    const int opened_at = line_;
    was_quoted_ = true;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        if (text_.substr(at_, 2) != "\"\"") {
          ++at_;
          return base::Ok();
        }
        ++at_;
      }
      if (c == '\n') ++line_;
      cell_ += c;
      if (cell_.size() > kMaxCellBytes) return TooLarge();
    }
    return base::Invalid("Dòng " + std::to_string(opened_at) +
                         ": dấu ngoặc kép mở mà không đóng. Hãy sửa dòng này rồi nhập lại tệp.");
  }

  base::Status EndCell() {
    if (cell_.size() > kMaxCellBytes || row_.cells.size() >= kMaxGridColumns) return TooLarge();
    row_.cells.emplace_back(base::Trim(cell_));
    cell_.clear();
    was_quoted_ = false;
    return base::Ok();
  }

  base::Status EndRow() {
    TRY(EndCell());
    bool blank = true;
    for (const std::string& cell : row_.cells) blank = blank && cell.empty();
    if (!blank) {
      if (grid_.size() >= kMaxGridRows) return TooLarge();
      grid_.push_back(std::move(row_));
    }
    row_ = {};
    return base::Ok();
  }

  base::Error TooLarge() const {
    return {base::ErrorCode::kTooLarge,
            "Dòng " + std::to_string(line_) +
                ": tệp quá lớn (quá nhiều dòng, cột hoặc một ô quá dài)."};
  }

  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  int line_ = 1;
  std::string cell_;
  bool was_quoted_ = false;
  GridRow row_{.line = 1, .cells = {}};
  Grid grid_;
};

}  // namespace

base::Result<Grid> ReadCsv(std::string_view text) {
  if (text.size() > base::kMaxDecompressedBytes) {
    return base::Error{base::ErrorCode::kTooLarge, "Tệp lớn hơn 20 MiB."};
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!base::IsValidUtf8(text) || text.find('\0') != std::string_view::npos) {
    return base::Invalid(
        "Tệp không phải văn bản UTF-8. Trong Excel hãy chọn Lưu thành \"CSV UTF-8\" hoặc \"Sổ làm "
        "việc Excel (.xlsx)\" rồi nhập lại.");
  }
  return Reader(text, DetectSeparator(text)).Run();
}

}  // namespace exchange::spreadsheet
