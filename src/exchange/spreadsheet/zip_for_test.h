// ZipForTest: builds small ZIP archives and workbooks for the tests of this folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

namespace exchange::spreadsheet {

class ZipForTest {
 public:
  // Compressed with deflate.
  ZipForTest& Add(const std::string& name, std::string_view content) {
    std::string packed(compressBound(content.size()) + 64, '\0');
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return Append(name, content, packed, 8);
  }
  ZipForTest& AddStored(const std::string& name, std::string_view content) {
    return Append(name, content, std::string(content), 0);
  }

  std::string Bytes() const {
    std::string out = files_ + directory_;
    Long(out, 0x06054b50);
    Word(out, 0);
    Word(out, 0);
    Word(out, count_);
    Word(out, count_);
    Long(out, directory_.size());
    Long(out, files_.size());
    Word(out, 0);
    return out;
  }

 private:
  static void Word(std::string& out, size_t value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>((value >> 8) & 0xFF);
  }
  static void Long(std::string& out, size_t value) {
    Word(out, value & 0xFFFF);
    Word(out, (value >> 16) & 0xFFFF);
  }
  ZipForTest& Append(const std::string& name, std::string_view content, const std::string& packed,
                     size_t method) {
    const size_t offset = files_.size();
    const size_t crc =
        crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    std::string facts;  // shared by both headers
    Word(facts, method);
    Long(facts, 0);
    Long(facts, crc);
    Long(facts, packed.size());
    Long(facts, content.size());
    Word(facts, name.size());
    Word(facts, 0);
    Long(files_, 0x04034b50);
    Word(files_, 20);
    Word(files_, 0);
    files_ += facts + name + packed;
    Long(directory_, 0x02014b50);
    Word(directory_, 20);
    Word(directory_, 20);
    Word(directory_, 0);
    directory_ += facts;
    Word(directory_, 0);
    Word(directory_, 0);
    Word(directory_, 0);
    Long(directory_, 0);
    Long(directory_, offset);
    directory_ += name;
    ++count_;
    return *this;
  }

  std::string files_;
  std::string directory_;
  size_t count_ = 0;
};

// A workbook of the given sheets (name, <sheetData> content) and shared strings (<si> elements).
inline std::string WorkbookForTest(const std::vector<std::pair<std::string, std::string>>& sheets,
                                   const std::string& shared_strings = {}) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  ZipForTest zip;
  std::string list;
  std::string relations;
  for (size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" +
            number + "\"/>";
    relations +=
        "<Relationship Id=\"rId" + number + "\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    zip.Add("xl/worksheets/sheet" + number + ".xml",
            head +
                "<worksheet "
                "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" +
                sheets[i].second + "</sheetData></worksheet>");
  }
  zip.Add("xl/workbook.xml",
          head + "<workbook xmlns:r=\"urn:r\"><sheets>" + list + "</sheets></workbook>");
  zip.Add("xl/_rels/workbook.xml.rels", head + "<Relationships>" + relations + "</Relationships>");
  if (!shared_strings.empty())
    zip.Add("xl/sharedStrings.xml", head + "<sst>" + shared_strings + "</sst>");
  return zip.Bytes();
}

}  // namespace exchange::spreadsheet
