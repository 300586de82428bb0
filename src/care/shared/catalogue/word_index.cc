#include "care/shared/catalogue/word_index.h"

#include <algorithm>

#include "base/text.h"

namespace care::shared {
namespace {

constexpr uint8_t kInName = 1;
constexpr uint8_t kInSynonyms = 2;
constexpr uint8_t kInEnglish = 4;
constexpr size_t kMaxQueryBytes = 200;
constexpr size_t kMaxQueryWords = 12;

// Ranks, best first; a row whose marks differ from the typed ones comes after all that agree.
constexpr int kExactCode = 0;
constexpr int kCodePrefix = 1;
constexpr int kExactText = 2;
constexpr int kNamePrefix = 3;
constexpr int kSynonymPrefix = 4;
constexpr int kNameSequence = 5;
constexpr int kSynonymSequence = 6;
constexpr int kAllInName = 7;
constexpr int kAllInVietnamese = 8;
constexpr int kAllAnywhere = 9;
constexpr int kOtherMarks = 10;

std::string WithoutSpaces(std::string_view folded) {
  std::string out;
  for (char c : folded) {
    if (c != ' ') out += c;
  }
  return out;
}

bool HasDigit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// True when `phrase` stands in `text` at the beginning of a word.
bool HasSequence(std::string_view text, std::string_view phrase) {
  for (size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    if (at == 0 || text[at - 1] == ' ' || text[at - 1] == ';') return true;
  }
  return false;
}

enum class SynonymMatch { kNone, kPrefix, kExact };

SynonymMatch MatchSynonym(std::string_view synonyms, std::string_view phrase) {
  SynonymMatch best = SynonymMatch::kNone;
  for (std::string_view synonym : base::Split(synonyms, ';')) {
    if (synonym == phrase) return SynonymMatch::kExact;
    if (synonym.starts_with(phrase)) best = SynonymMatch::kPrefix;
  }
  return best;
}

// Official names open with "Bệnh", "Các", "Định lượng" …; what people type comes after.
std::string_view WithoutOpening(std::string_view folded) {
  for (std::string_view opening : {"benh ", "cac ", "dinh luong ", "do hoat do ", "kham "}) {
    if (folded.starts_with(opening)) return folded.substr(opening.size());
  }
  return folded;
}

}  // namespace

struct WordIndex::Query {
  std::string folded;
  std::string compact;
  std::string upper;  // "" when no marks were typed
  std::vector<std::string_view> words;
};

WordIndex::WordIndex(const std::vector<Entry>& entries) {
  std::vector<std::pair<std::string, Posting>> words;
  rows_.reserve(entries.size());
  for (uint32_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    Row row{.code = WithoutSpaces(base::Fold(entry.code)),
            .name = base::Fold(entry.name),
            .demoted = entry.demoted};
    for (std::string_view synonym : base::Split(entry.synonyms, ';')) {
      if (!row.synonyms.empty()) row.synonyms += ';';
      row.synonyms += base::Fold(synonym);
    }
    row.upper = base::ToUpper(entry.name + ";" + entry.synonyms);
    AddWords(row.name, i, kInName, words);
    AddWords(row.synonyms, i, kInSynonyms, words);
    AddWords(base::Fold(entry.name_en), i, kInEnglish, words);
    rows_.push_back(std::move(row));
  }
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.row) < std::tie(b.first, b.second.row);
  });
  for (auto& [word, posting] : words) {
    const bool new_word = words_.empty() || words_.back() != word;
    if (new_word) {
      words_.push_back(std::move(word));
      first_posting_.push_back(postings_.size());
    } else if (postings_.back().row == posting.row) {
      postings_.back().places |= posting.places;
      continue;
    }
    postings_.push_back(posting);
  }
  first_posting_.push_back(postings_.size());
}

void WordIndex::AddWords(std::string_view folded, uint32_t row, uint8_t place,
                         std::vector<std::pair<std::string, Posting>>& words) const {
  size_t begin = 0;
  for (size_t i = 0; i <= folded.size(); ++i) {
    if (i < folded.size() && folded[i] != ' ' && folded[i] != ';') continue;
    if (i > begin) words.emplace_back(folded.substr(begin, i - begin), Posting{row, place});
    begin = i + 1;
  }
}

// For every row, where a word with this prefix stands.
std::vector<uint8_t> WordIndex::PlacesOfPrefix(std::string_view word) const {
  std::vector<uint8_t> places(rows_.size());
  const auto begin = std::lower_bound(words_.begin(), words_.end(), word);
  for (auto it = begin; it != words_.end() && it->starts_with(word); ++it) {
    const auto at = static_cast<size_t>(it - words_.begin());
    for (size_t p = first_posting_[at]; p < first_posting_[at + 1]; ++p) {
      places[postings_[p].row] |= postings_[p].places;
    }
  }
  return places;
}

// `places`: kInName etc. that hold every word alone; 0 when some word is missing everywhere.
int WordIndex::Rank(const Row& row, const Query& query, uint8_t places) const {
  const SynonymMatch synonym = MatchSynonym(row.synonyms, query.folded);
  const std::string_view opened = WithoutOpening(row.name);
  int rank = kAllAnywhere;
  if (row.name == query.folded || opened == query.folded || synonym == SynonymMatch::kExact) {
    rank = kExactText;
  } else if (row.name.starts_with(query.folded) || opened.starts_with(query.folded)) {
    rank = kNamePrefix;
  } else if (synonym == SynonymMatch::kPrefix) {
    rank = kSynonymPrefix;
  } else if (HasSequence(row.name, query.folded)) {
    rank = kNameSequence;
  } else if (HasSequence(row.synonyms, query.folded)) {
    rank = kSynonymSequence;
  } else if ((places & kInName) != 0) {
    rank = kAllInName;
  } else if ((places & kInSynonyms) != 0) {
    rank = kAllInVietnamese;
  }
  const bool other_marks = !query.upper.empty() && row.upper.find(query.upper) == std::string::npos;
  return rank + (other_marks ? kOtherMarks : 0);
}

std::vector<uint32_t> WordIndex::Search(std::string_view text, size_t limit,
                                        const std::function<bool(uint32_t)>& accept) const {
  if (text.size() > kMaxQueryBytes || limit == 0) return {};
  Query query{.folded = base::Fold(text)};
  if (query.folded.empty()) return {};
  query.compact = WithoutSpaces(query.folded);
  if (!IsAscii(text)) query.upper = base::ToUpper(base::ToNfc(base::Trim(text)));
  query.words = base::Split(query.folded, ' ');
  if (query.words.size() > kMaxQueryWords) query.words.resize(kMaxQueryWords);

  // Per row: the places that hold every word, and whether every word stands somewhere.
  std::vector<uint8_t> all_in(rows_.size(), kInName | kInSynonyms | kInEnglish);
  std::vector<uint8_t> in_vietnamese(rows_.size(), 1);
  std::vector<uint8_t> anywhere(rows_.size(), 1);
  for (std::string_view word : query.words) {
    const std::vector<uint8_t> places = PlacesOfPrefix(word);
    for (size_t i = 0; i < places.size(); ++i) {
      all_in[i] &= places[i];
      if ((places[i] & (kInName | kInSynonyms)) == 0) in_vietnamese[i] = 0;
      if (places[i] == 0) anywhere[i] = 0;
    }
  }
  struct Hit {
    bool demoted;
    int rank;
    size_t length;
    uint32_t row;
    auto operator<=>(const Hit&) const = default;
  };
  std::vector<Hit> hits;
  const bool may_be_code = HasDigit(query.compact);
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    int rank = -1;
    if (row.code == query.compact) {
      rank = kExactCode;
    } else if (may_be_code && row.code.starts_with(query.compact)) {
      rank = kCodePrefix;
    } else if (anywhere[i] != 0) {
      const auto places =
          static_cast<uint8_t>(all_in[i] | (in_vietnamese[i] != 0 ? kInSynonyms : 0));
      rank = Rank(row, query, places);
    }
    if (rank < 0 || !accept(i)) continue;
    // Codes in their own order, texts the shortest first and the demoted last.
    const bool by_code = rank <= kCodePrefix;
    hits.push_back({!by_code && row.demoted, rank, by_code ? 0 : row.name.size(), i});
  }
  const size_t kept = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<ptrdiff_t>(kept), hits.end());
  std::vector<uint32_t> out;
  for (size_t i = 0; i < kept; ++i) out.push_back(hits[i].row);
  return out;
}

}  // namespace care::shared
