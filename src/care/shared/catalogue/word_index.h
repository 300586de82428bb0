// WordIndex: finds rows of a list by code prefix or by words in any order, typed with or without
// diacritics, best first. Everything is folded beforehand; a search touches only matching rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace care::shared {

class WordIndex {
 public:
  struct Entry {
    std::string code;
    std::string name;
    std::string synonyms;  // separated by ';'
    std::string name_en;
    bool demoted = false;  // after all others, unless found by its code
  };

  // Entry i answers as i.
  explicit WordIndex(const std::vector<Entry>& entries);

  // Ranked: exact code, code prefix, exact name or synonym, name prefix, synonym prefix, words in
  // sequence, all words in the name, in name and synonyms, in English. Marks that were typed count:
  // "lão" does not put "lao" first. Only rows that `accept` lets through are counted.
  std::vector<uint32_t> Search(std::string_view text, size_t limit,
                               const std::function<bool(uint32_t)>& accept) const;

 private:
  struct Row {
    std::string code;      // folded, without separators: "e119"
    std::string name;      // folded
    std::string synonyms;  // folded, ';' kept
    std::string upper;     // name and synonyms in capitals with marks
    bool demoted = false;
  };
  struct Posting {
    uint32_t row = 0;
    uint8_t places = 0;  // kInName, kInSynonyms, kInEnglish
  };
  struct Query;

  void AddWords(std::string_view folded, uint32_t row, uint8_t place,
                std::vector<std::pair<std::string, Posting>>& words) const;
  std::vector<uint8_t> PlacesOfPrefix(std::string_view word) const;
  int Rank(const Row& row, const Query& query, uint8_t places) const;

  std::vector<Row> rows_;
  std::vector<std::string> words_;     // sorted, unique
  std::vector<size_t> first_posting_;  // words_[i] has [first_posting_[i], first_posting_[i + 1])
  std::vector<Posting> postings_;
};

}  // namespace care::shared
