#include "care/insurance/sample_dossiers_for_test.h"

#include "base/check.h"

namespace care::insurance::testing {
namespace {

using base::Decimal;
using exchange::insurance::Dossier;
using exchange::insurance::Field;
using exchange::insurance::FieldType;
using exchange::insurance::Requirement;
using exchange::insurance::Row;

// Every element there, required ones with something lawful of their kind.
Row& AddFilled(Dossier& dossier, std::string_view table) {
  Row& row = dossier.Add(table);
  for (const Field& field : row.table().fields) {
    std::string value;
    if (field.requirement == Requirement::kRequired) {
      value = field.type == FieldType::kNumber ? "1"
              : field.max_length == 8          ? "20261121"
              : field.max_length == 12         ? "202611210900"
                                               : "x";
      if (field.name == "MA_LK") value = "LK-1";
      if (field.name == "MA_TTDV" || field.name == "MA_BHXH") value = "0123456789";
      if (field.name == "MA_CSKCB") value = "01C54";
      if (field.name == "MA_KHOA") value = "K01";
      if (field.name == "MA_BAC_SI") value = "001234/HNO-CCHN";
      if (field.name == "MA_QUOCTICH") value = "000";
      if (field.name.starts_with("MA_DANTOC")) value = "01";
      if (field.name == "MATINH_CU_TRU") value = "01";
      if (field.name == "MAXA_CU_TRU") value = "00145";
      if (field.name == "SO_CCCD_NND") value = "001190123456";
      if (field.name == "MA_THE_TAM") value = "TE1010000000001";
      if (field.name == "HO_TEN") value = "Nguyễn Văn A";
      if (field.name == "NGAY_VAO") value = "202611210800";
      if (field.name == "NGAY_RA") value = "202611211000";
    }
    row.Set(field.name, value);
  }
  return row;
}

void SetAll(Row& row, std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  for (const auto& [field, value] : values) row.Set(field, std::string(value));
}

void AddSummary(Dossier& dossier) {
  SetAll(AddFilled(dossier, "XML1"), {{"MA_BN", "26-000123"},
                                      {"SO_CCCD", "001090123456"},
                                      {"NGAY_SINH", "199001010000"},
                                      {"MA_NGHE_NGHIEP", "00000"},
                                      {"MA_THE_BHYT", "GD4010123456789"},
                                      {"MA_DKBD", "01C54"},
                                      {"GT_THE_TU", "20260101"},
                                      {"MA_BENH_CHINH", "J00"},
                                      {"MA_BENH_KT", "I10;E11.9"},
                                      {"MA_DOITUONG_KCB", "1.2"},
                                      {"MA_LOAI_KCB", "01"},
                                      {"SO_NGAY_DTRI", "0"},
                                      {"NGAY_TAI_KHAM", "20261205"},
                                      {"NAM_QT", "2026"},
                                      {"THANG_QT", "11"},
                                      {"CAN_NANG", "60.5"}});
}

Row& AddLine(Dossier& dossier, std::string_view table, std::string_view group,
             std::string_view quantity, std::string_view price, std::string_view percent) {
  Row& row = AddFilled(dossier, table);
  SetAll(row, {{"STT", std::to_string(dossier.Rows(table).size())},
               {"MA_NHOM", group},
               {"SO_LUONG", quantity},
               {"TYLE_TT_BH", "100"},
               {"MUC_HUONG", percent},
               {"NGAY_YL", "202611210830"},
               {"NGAY_TH_YL", "202611210840"}});
  for (const char* part : {"NSNN", "VTNN", "VTTN", "CL"})
    row.Set("T_NGUONKHAC_" + std::string(part), "0");
  row.Set("T_NGUONKHAC", "0");
  if (table == "XML2") {
    row.Set("DON_GIA", std::string(price));
  } else {
    SetAll(row, {{"DON_GIA_BV", price}, {"DON_GIA_BH", price}, {"TYLE_TT_DV", "100"}});
  }
  PriceLine(row);
  return row;
}

void AddDrug(Dossier& dossier, std::string_view percent) {
  SetAll(AddLine(dossier, "XML2", "4", "20", "1500", percent), {{"MA_THUOC", "40.9001"},
                                                                {"TEN_THUOC", "Paracetamol 500"},
                                                                {"HAM_LUONG", "500 mg"},
                                                                {"SO_DANG_KY", "VD-1"},
                                                                {"TT_THAU", "12/QD;G1;N4;2026"},
                                                                {"DUONG_DUNG", "1.01"}});
}

void AddTest(Dossier& dossier, std::string_view group, std::string_view code,
             std::string_view percent, std::string_view ordered) {
  SetAll(AddLine(dossier, "XML3", group, "1", "50000", percent),
         {{"MA_DICH_VU", code},
          {"NGUOI_THUC_HIEN", "001235/HNO-CCHN"},
          {"MA_MAY", "HH.1.01C54.01"},
          {"NGAY_YL", ordered},
          {"NGAY_TH_YL", "202611210850"},
          {"NGAY_KQ", "202611210900"}});
  Row& result = AddFilled(dossier, "XML4");
  SetAll(result, {{"STT", std::to_string(dossier.Rows("XML4").size())},
                  {"MA_DICH_VU", code},
                  {"KET_LUAN", group == "2" ? "bình thường" : ""},
                  {"NGAY_KQ", "202611210900"}});
}

}  // namespace

exchange::insurance::Row& RowOf(Dossier& dossier, std::string_view table, int row) {
  for (auto& part : dossier.parts) {
    if (part.table->name == table) return part.rows.at(static_cast<size_t>(row) - 1);
  }
  CHECK(false);
  return dossier.parts.front().rows.front();
}

Decimal Number(const Row& row, std::string_view field) {
  const auto number = Decimal::Parse(row.Get(field));
  return number.ok() ? *number : Decimal();
}

void PriceLine(Row& row) {
  const bool drug = row.table().name == "XML2";
  const Decimal ratio = drug ? Decimal(100) : Number(row, "TYLE_TT_DV");
  const auto amount = [&](const char* price) {
    return (Number(row, "SO_LUONG") * Number(row, price) * ratio).MulDiv(1, 100, 2);
  };
  row.Set("THANH_TIEN_BV", amount(drug ? "DON_GIA" : "DON_GIA_BV").ToString());
  row.Set("THANH_TIEN_BH", (amount(drug ? "DON_GIA" : "DON_GIA_BH") * Number(row, "TYLE_TT_BH"))
                               .MulDiv(1, 100, 2)
                               .ToString());
  ShareLine(row);
}

void ShareLine(Row& row) {
  const Decimal insured = Number(row, "THANH_TIEN_BH");
  const Decimal fund = (insured * Number(row, "MUC_HUONG")).MulDiv(1, 100, 2);
  row.Set("T_BHTT", fund.ToString());
  row.Set("T_BNCCT", (insured - fund).ToString());
  row.Set("T_BNTT", (Number(row, "THANH_TIEN_BV") - insured).ToString());
}

void Increase(Row& row, std::string_view field, int64_t by) {
  row.Set(field, (Number(row, field) + Decimal(by)).ToString());
}

void AddUp(Dossier& dossier) {
  Row& summary = RowOf(dossier, "XML1", 1);
  for (const char* field : {"T_THUOC", "T_VTYT", "T_TONGCHI_BV", "T_TONGCHI_BH", "T_BNTT",
                            "T_BNCCT", "T_BHTT", "T_NGUONKHAC", "T_BHTT_GDV"})
    summary.Set(field, "0");
  const auto add = [&](std::string_view total, const Row& row, std::string_view field) {
    summary.Set(total, (Number(summary, total) + Number(row, field)).ToString());
  };
  for (const std::string_view table : {"XML2", "XML3"}) {
    for (const Row& row : dossier.Rows(table)) {
      if (table == "XML2") add("T_THUOC", row, "THANH_TIEN_BV");
      if (table == "XML3" && (row.Get("MA_NHOM") == "10" || row.Get("MA_NHOM") == "11"))
        add("T_VTYT", row, "THANH_TIEN_BV");
      add("T_TONGCHI_BV", row, "THANH_TIEN_BV");
      add("T_TONGCHI_BH", row, "THANH_TIEN_BH");
      for (const char* same : {"T_BNTT", "T_BNCCT", "T_NGUONKHAC"}) add(same, row, same);
      if (row.Get("MA_PTTT") == "1") add("T_BHTT_GDV", row, "T_BHTT");
    }
  }
  summary.Set("T_BHTT", (Number(summary, "T_TONGCHI_BH") - Number(summary, "T_BNCCT")).ToString());
}

Dossier StationVisit() {
  Dossier dossier;
  AddSummary(dossier);
  AddDrug(dossier, "100");
  AddDrug(dossier, "100");
  AddLine(dossier, "XML3", "13", "1", "39500", "100").Set("MA_DICH_VU", "02.03");
  AddTest(dossier, "1", "23.0075", "100", "202611210835");
  AddTest(dossier, "2", "18.0015", "100", "202611210836");
  SetAll(AddFilled(dossier, "XML8"), {{"MA_LOAI_KCB", "01"}});
  SetAll(AddFilled(dossier, "XML14"), {{"NGAY_HEN_KL", "202612050800"}});
  SetAll(AddFilled(dossier, "XML0"),
         {{"MA_DICH_VU", "02.03"}, {"MA_DOITUONG_KCB", "1.2"}, {"MA_LOAI_KCB", "01"}});
  AddUp(dossier);
  return dossier;
}

Dossier UninsuredVisit() {
  Dossier dossier = StationVisit();
  std::erase_if(dossier.parts, [](const auto& part) { return part.table->name == "XML0"; });
  SetAll(RowOf(dossier, "XML1", 1),
         {{"MA_DOITUONG_KCB", "9"}, {"MA_THE_BHYT", ""}, {"MA_DKBD", ""}, {"GT_THE_TU", ""}});
  for (auto& part : dossier.parts) {
    if (part.table->name != "XML2" && part.table->name != "XML3") continue;
    for (Row& row : part.rows) {
      SetAll(row, {{"TYLE_TT_BH", "0"}, {"MUC_HUONG", "0"}});
      PriceLine(row);
    }
  }
  AddUp(dossier);
  return dossier;
}

Dossier ReferredInpatient() {
  Dossier dossier;
  AddSummary(dossier);
  SetAll(RowOf(dossier, "XML1", 1), {{"MA_DOITUONG_KCB", "1.1"},
                                     {"MA_LOAI_KCB", "03"},
                                     {"NGAY_VAO", "202611180800"},
                                     {"NGAY_VAO_NOI_TRU", "202611180900"},
                                     {"LY_DO_VNT", "sốt cao"},
                                     {"SO_NGAY_DTRI", "4"},
                                     {"MA_LOAI_RV", "2"},
                                     {"MA_BENH_CHINH", "J18.9"}});
  AddDrug(dossier, "80");
  AddLine(dossier, "XML3", "13", "1", "39500", "80").Set("MA_DICH_VU", "02.03");
  AddTest(dossier, "1", "23.0075", "80", "202611210835");
  SetAll(AddLine(dossier, "XML3", "15", "1", "200000", "80"),
         {{"MA_DICH_VU", "K02.1911"}, {"MA_GIUONG", "H001"}});
  SetAll(AddLine(dossier, "XML3", "8", "1", "1000000", "80"),
         {{"MA_DICH_VU", "10.0001"}, {"NGUOI_THUC_HIEN", "001235/HNO-CCHN"}, {"PP_VO_CAM", "2"}});
  SetAll(AddLine(dossier, "XML3", "18", "1", "100000", "80"),
         {{"MA_DICH_VU", "10.0002"},
          {"NGUOI_THUC_HIEN", "001235/HNO-CCHN"},
          {"NGAY_YL", "202611210831"}});
  SetAll(AddLine(dossier, "XML3", "10", "2", "10000", "80"), {{"MA_VAT_TU", "N01.01"},
                                                              {"GOI_VTYT", "G1"},
                                                              {"TT_THAU", "12/QD;G1;N4;2026"},
                                                              {"T_TRANTT", "113850000"}});
  SetAll(AddLine(dossier, "XML3", "12", "1", "300000", "80"),
         {{"MA_DICH_VU", "VC.01028"}, {"MA_XANG_DAU", "RON95"}});
  AddFilled(dossier, "XML5");
  SetAll(AddFilled(dossier, "XML6"), {{"NOI_LAY_MAU_XN", "01C54"}});
  AddFilled(dossier, "XML7");
  SetAll(AddFilled(dossier, "XML8"), {{"MA_LOAI_KCB", "03"}});
  AddFilled(dossier, "XML9");
  AddFilled(dossier, "XML10");
  AddFilled(dossier, "XML11");
  AddFilled(dossier, "XML13");
  SetAll(AddFilled(dossier, "XML15"), {{"MA_BN", "26-000123"}});
  for (const std::string_view table : {"XML7", "XML8"})
    RowOf(dossier, table, 1).Set("NGAY_VAO", "202611180800");
  AddUp(dossier);
  return dossier;
}

exchange::insurance::ClaimFile FileOf(Dossier dossier) {
  exchange::insurance::ClaimFile file{
      .facility = "01C54", .created_on = "20261121", .dossier_count = "1"};
  file.dossiers.push_back(std::move(dossier));
  return file;
}

Listed SmallCatalogue::Contains(CodeList, std::string_view code, base::Date) const {
  return code.starts_with("9") || code.starts_with("K59") || code.starts_with("XX") ||
                 code.starts_with("Q99")
             ? Listed::kNo
             : Listed::kYes;
}

DiagnosisFlags SmallCatalogue::Diagnosis(std::string_view code, base::Date) const {
  return {.not_main = code == "B95",
          .discouraged_main = code == "R05",
          .finer_code_exists = code == "A00",
          .death_only = code == "R96",
          .female_only = code == "N70",
          .male_only = code == "N40"};
}

std::optional<ApprovedDrug> SmallCatalogue::Drug(std::string_view code,
                                                 std::string_view registration, base::Date) const {
  if (code != "40.9001" || registration != "VD-1") return std::nullopt;
  return ApprovedDrug{"Paracetamol 500", "500 mg", "VD-1", 1500};
}

std::optional<Decimal> SmallCatalogue::ServicePrice(std::string_view code, base::Date) const {
  if (code != "02.03") return std::nullopt;
  return Decimal(39500);
}

std::optional<Decimal> SmallCatalogue::BaseSalary(base::Date) const { return Decimal(2'530'000); }

}  // namespace care::insurance::testing
