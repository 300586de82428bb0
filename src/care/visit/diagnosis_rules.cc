#include "care/visit/diagnosis_rules.h"

namespace care::visit {

std::string_view Name(DiagnosisProblem problem) {
  switch (problem) {
    case DiagnosisProblem::kNotMain: return "not_main";
    case DiagnosisProblem::kDiscouragedMain: return "discouraged_main";
    case DiagnosisProblem::kFinerCode: return "finer_code";
    case DiagnosisProblem::kDeathOnly: return "death_only";
    case DiagnosisProblem::kWrongSex: return "wrong_sex";
  }
  return "not_main";
}

std::string_view Text(DiagnosisProblem problem) {
  switch (problem) {
    case DiagnosisProblem::kNotMain: return "Mã này không được dùng làm bệnh chính";
    case DiagnosisProblem::kDiscouragedMain: return "Mã này không khuyến khích làm bệnh chính";
    case DiagnosisProblem::kFinerCode: return "Có mã chi tiết hơn, hãy chọn mã 4 hoặc 5 ký tự";
    case DiagnosisProblem::kDeathOnly: return "Mã này chỉ dùng cho nguyên nhân tử vong";
    case DiagnosisProblem::kWrongSex: return "Mã này chủ yếu dùng cho giới tính khác";
  }
  return {};
}

bool MayOverride(DiagnosisProblem problem) {
  return problem == DiagnosisProblem::kDiscouragedMain || problem == DiagnosisProblem::kWrongSex;
}

std::vector<DiagnosisProblem> ProblemsOf(const shared::Diagnosis& diagnosis, bool main,
                                         std::string_view gender, bool died) {
  std::vector<DiagnosisProblem> problems;
  const shared::DiagnosisFlags& flags = diagnosis.flags;
  if (flags.finer_code_exists) problems.push_back(DiagnosisProblem::kFinerCode);
  if (main && flags.not_main) problems.push_back(DiagnosisProblem::kNotMain);
  if (main && flags.discouraged_main) problems.push_back(DiagnosisProblem::kDiscouragedMain);
  if (flags.death_only && !died) problems.push_back(DiagnosisProblem::kDeathOnly);
  if ((flags.female_only && gender == "male") || (flags.male_only && gender == "female")) {
    problems.push_back(DiagnosisProblem::kWrongSex);
  }
  return problems;
}

}  // namespace care::visit
