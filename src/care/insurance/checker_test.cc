// Starts from dossiers without a fault and breaks one rule at a time: each fault must be found, and
// nothing else.
#include "care/insurance/checker.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "care/insurance/partial_catalogue.h"
#include "care/insurance/sample_dossiers_for_test.h"

namespace care::insurance {
namespace {

using exchange::insurance::ClaimFile;
using exchange::insurance::Dossier;
using exchange::insurance::Row;
using testing::AddUp;
using testing::Increase;
using testing::PriceLine;
using testing::RowOf;
using testing::ShareLine;

enum class Start { kStation, kUninsured, kInpatient };
enum class Lists { kWithCatalogue, kWithout };

struct Fault {
  std::string rule;
  Start start;
  std::function<void(ClaimFile&)> seed;
  Lists lists = Lists::kWithCatalogue;
};

Dossier StartOf(Start start) {
  switch (start) {
    case Start::kStation: return testing::StationVisit();
    case Start::kUninsured: return testing::UninsuredVisit();
    case Start::kInpatient: return testing::ReferredInpatient();
  }
  return {};
}

// Seeds: setting one field; or anything with the dossier.
auto Set(std::string_view table, int row, std::string_view field, std::string value) {
  return [=](ClaimFile& file) { RowOf(file.dossiers[0], table, row).Set(field, value); };
}
auto With(std::function<void(Dossier&)> change) {
  return [=](ClaimFile& file) { change(file.dossiers[0]); };
}
// A change of one line, priced and added up again.
auto Line(std::string_view table, int row, std::string_view field, std::string value) {
  return With([=](Dossier& dossier) {
    Row& line = RowOf(dossier, table, row);
    line.Set(field, value);
    PriceLine(line);
    AddUp(dossier);
  });
}

void Erase(Dossier& dossier, std::string_view table) {
  std::erase_if(dossier.parts, [&](const auto& part) { return part.table->name == table; });
}

// Rows of the inpatient's XML3.
constexpr int kExam = 1, kTest = 2, kBed = 3, kSurgery = 4, kProcedure = 5, kSupply = 6,
              kTransport = 7;

std::vector<Fault> FieldFaults() {
  using enum Start;
  const std::string long_text(51, 'a');
  return {
      {"field.card", kStation, Set("XML1", 1, "MA_THE_BHYT", "123")},
      {"field.card", kStation, Set("XML1", 1, "MA_THE_BHYT", "GD9010123456789")},
      {"field.code", kStation, Set("XML3", 1, "PHAM_VI", "4")},
      {"field.code", kStation, Set("XML1", 1, "MA_DANTOC", "56")},
      {"field.code", kStation, Set("XML0", 1, "MA_DOITUONG_KCB", "1.9")},
      {"field.code", kStation, Set("XML0", 1, "MA_LOAI_KCB", "17")},
      {"field.date", kStation, Set("XML8", 1, "NGAY_CT", "20261301")},
      {"field.date", kStation, Set("XML1", 1, "NAM_NAM_LIEN_TUC", "2026-1-1")},
      {"field.moment", kStation, Set("XML4", 1, "NGAY_KQ", "2026112109")},
      {"field.moment", kStation, Set("XML2", 1, "NGAY_TH_YL", "202611212460")},
      {"field.decimals", kStation, Set("XML2", 1, "SO_LUONG", "20.0001")},
      {"field.identity", kStation, Set("XML1", 1, "SO_CCCD", "ABC")},
      {"field.length", kStation, Set("XML2", 1, "DON_VI_TINH", long_text)},
      {"field.missing", kStation, With([](Dossier& d) { RowOf(d, "XML1", 1).Remove("DU_PHONG"); })},
      {"field.negative", kStation, Set("XML2", 1, "SO_LUONG", "-1")},
      {"field.number", kStation, Set("XML2", 1, "SO_LUONG", "1,5")},
      {"field.number", kStation, Set("XML2", 1, "SO_LUONG", "1e3")},
      {"field.pattern", kStation, Set("XML8", 1, "MA_TTDV", "12")},
      {"field.pattern", kStation, Set("XML1", 1, "MA_BENH_CHINH", "j00")},
      {"field.pattern", kInpatient, Set("XML3", kBed, "MA_GIUONG", "X001")},
      {"field.pattern", kInpatient, Set("XML11", 1, "MA_BHXH", "0000000000")},
      {"field.ratio", kStation, Set("XML2", 1, "TYLE_TT_BH", "101")},
      {"field.required", kStation, Set("XML1", 1, "MA_HSBA", "")},
      {"field.unknown", kStation, With([](Dossier& d) { RowOf(d, "XML1", 1).unknown = {"LA"}; })},
  };
}

std::vector<Fault> FileAndLinkFaults() {
  using enum Start;
  return {
      {"file.byte_order_mark", kStation, [](ClaimFile& f) { f.has_byte_order_mark = true; }},
      {"file.count", kStation, [](ClaimFile& f) { f.dossier_count = "2"; }},
      {"file.created_on", kStation, [](ClaimFile& f) { f.created_on = "21/11/2026"; }},
      {"file.facility", kStation, [](ClaimFile& f) { f.facility = "01028"; }},
      {"dossier.order", kStation, With([](Dossier& d) { std::swap(d.parts[0], d.parts[1]); })},
      {"dossier.summary", kStation, With([](Dossier& d) { Erase(d, "XML1"); })},
      {"link.episode", kStation, Set("XML2", 1, "MA_LK", "LK-2")},
      {"link.identity", kInpatient, Set("XML13", 1, "HO_TEN", "Trần Thị B")},
      {"link.identity", kStation, Set("XML14", 1, "NGAY_SINH", "199001020000")},
      {"link.period", kStation, Set("XML8", 1, "NGAY_RA", "202611211001")},
      {"link.period", kInpatient, Set("XML8", 1, "KET_QUA_DTRI", "2")},
      {"link.row_number", kStation, Set("XML2", 2, "STT", "1")},
      {"table.missing", kInpatient, With([](Dossier& d) { Erase(d, "XML5"); })},
      {"table.missing", kInpatient, With([](Dossier& d) { Erase(d, "XML13"); })},
      {"table.missing", kUninsured, With([](Dossier& d) { Erase(d, "XML8"); })},
      {"table.unexpected", kInpatient, Set("XML1", 1, "MA_LOAI_RV", "1")},
  };
}

std::vector<Fault> SummaryFaults() {
  using enum Start;
  return {
      {"admission.reason", kStation, Set("XML1", 1, "LY_DO_VNT", "sốt")},
      {"card.alignment", kStation, Set("XML1", 1, "MA_DKBD", "01C54;01028")},
      {"card.expired", kStation, With([](Dossier& d) {
         RowOf(d, "XML1", 1).Set("GT_THE_TU", "20250101").Set("GT_THE_DEN", "20251231");
       })},
      {"card.for_uninsured", kUninsured, Set("XML1", 1, "MA_THE_BHYT", "0123456789")},
      {"card.missing", kStation, Set("XML1", 1, "MA_THE_BHYT", "")},
      {"summary.settlement", kStation, Set("XML1", 1, "THANG_QT", "13")},
      {"summary.settlement", kStation, Set("XML1", 1, "NAM_QT", "2025")},
      {"summary.text_length", kStation, Set("XML8", 1, "TOMTAT_KQ", std::string(4001, 'a'))},
      {"summary.treatment_days", kStation, Set("XML1", 1, "SO_NGAY_DTRI", "1")},
      {"summary.treatment_days", kInpatient, Set("XML1", 1, "SO_NGAY_DTRI", "3")},
      {"summary.weight", kStation, Set("XML1", 1, "CAN_NANG", "abc")},
      {"summary.weight", kStation, Set("XML1", 1, "CAN_NANG", "0")},
      {"checkin.item", kStation, Set("XML0", 1, "MA_DICH_VU", "")},
      {"time.admission", kInpatient, Set("XML1", 1, "NGAY_VAO_NOI_TRU", "202611180759")},
      {"time.appointment", kStation, Set("XML14", 1, "NGAY_HEN_KL", "202611211000")},
      {"time.appointment", kStation, Set("XML1", 1, "NGAY_TAI_KHAM", "20261121")},
      {"time.birth", kStation, Set("XML1", 1, "NGAY_SINH", "202700000000")},
      {"time.newborn", kStation, Set("XML1", 1, "NGAY_SINH", "202611100000")},
      {"time.done_before_order", kStation, Set("XML2", 1, "NGAY_TH_YL", "202611210829")},
      {"time.end_before_arrival", kStation, With([](Dossier& d) {
         RowOf(d, "XML1", 1).Set("NGAY_RA", "202611210759");
         RowOf(d, "XML8", 1).Set("NGAY_RA", "202611210759");
       })},
      {"time.outside_visit", kStation, Set("XML2", 1, "NGAY_YL", "202611210759")},
      {"time.outside_visit", kInpatient, Set("XML5", 1, "THOI_DIEM_DBLS", "202611211001")},
      {"time.result_before_order", kStation, Set("XML3", 2, "NGAY_KQ", "202611210801")},
  };
}

std::vector<Fault> DiagnosisAndPaperFaults() {
  using enum Start;
  const auto main = [](std::string code) { return Set("XML1", 1, "MA_BENH_CHINH", code); };
  return {
      {"diagnosis.comorbid_main", kStation, Set("XML1", 1, "MA_BENH_KT", "J00")},
      {"diagnosis.death_only", kStation, main("R96")},
      {"diagnosis.discouraged", kStation, main("R05")},
      {"diagnosis.female", kStation, main("N70")},
      {"diagnosis.finer_code", kStation, Set("XML1", 1, "MA_BENH_KT", "A00")},
      {"diagnosis.male", kStation, With([](Dossier& d) {
         RowOf(d, "XML1", 1).Set("GIOI_TINH", "2").Set("MA_BENH_KT", "N40");
       })},
      {"diagnosis.not_main", kStation, main("B95")},
      {"diagnosis.too_many", kStation,
       Set("XML1", 1, "MA_BENH_KT", "A01;A02;A03;A04;A05;A06;A07;A08;A09;B01;B02;B03;B04")},
      {"diagnosis.traditional", kStation, main("U54.471")},
      {"diagnosis.unknown", kStation, main("Q99.9")},
      {"diagnosis.vague", kStation, main("Z00.0")},
      {"leave.days", kInpatient, Set("XML11", 1, "SO_NGAY_NGHI", "0")},
      {"leave.end_before_start", kInpatient, Set("XML11", 1, "DEN_NGAY", "20261120")},
      {"leave.partial", kInpatient, Set("XML7", 1, "SO_NGAY_NGHI", "3")},
      {"leave.starts_late", kInpatient, With([](Dossier& d) {
         RowOf(d, "XML11", 1).Set("TU_NGAY", "20261122").Set("DEN_NGAY", "20261124");
       })},
      {"pregnancy.termination", kInpatient, Set("XML7", 1, "MA_DINH_CHI_THAI", "1")},
      {"referral.slip_length", kInpatient, Set("XML13", 1, "SO_HOSO", std::string(51, '1'))},
      {"rest.too_long", kInpatient, Set("XML10", 1, "SO_NGAY", "181")},
  };
}

std::vector<Fault> LineFaults() {
  using enum Start;
  return {
      {"bed.days", kInpatient, With([](Dossier& d) {
         for (const char* table : {"XML1", "XML7", "XML8"})
           RowOf(d, table, 1).Set("NGAY_VAO", "202611210500");
         RowOf(d, "XML1", 1).Set("NGAY_VAO_NOI_TRU", "202611210600").Set("SO_NGAY_DTRI", "1");
         Row second = RowOf(d, "XML3", kBed);
         second.Set("STT", "8");
         d.Add("XML3") = second;
         AddUp(d);
       })},
      {"bed.not_due", kStation, Set("XML3", 1, "MA_NHOM", "16")},
      {"bed.quantity", kInpatient, Line("XML3", kBed, "SO_LUONG", "2")},
      {"drug.registration", kStation, Set("XML2", 1, "SO_DANG_KY", ""), Lists::kWithout},
      {"drug.tender", kStation, Set("XML2", 1, "TT_THAU", "")},
      {"exam.repeated", kInpatient, With([](Dossier& d) {
         Row second = RowOf(d, "XML3", kExam);
         second.Set("STT", "8").Set("TYLE_TT_DV", "30");
         PriceLine(second);
         d.Add("XML3") = second;
         AddUp(d);
       })},
      {"imaging.conclusion", kStation, Set("XML4", 2, "KET_LUAN", "")},
      {"procedure.same_time", kInpatient, Set("XML3", kProcedure, "NGAY_YL", "202611210830")},
      {"ratio.bed", kInpatient, Line("XML3", kBed, "TYLE_TT_DV", "60")},
      {"ratio.examination", kStation, Line("XML3", 1, "TYLE_TT_DV", "50")},
      {"result.missing", kStation, With([](Dossier& d) {
         for (auto& part : d.parts) {
           if (part.table->name == "XML4") part.rows.erase(part.rows.begin());
         }
         RowOf(d, "XML4", 1).Set("STT", "1");
       })},
      {"service.anaesthesia", kInpatient, Set("XML3", kSurgery, "PP_VO_CAM", "")},
      {"service.code", kStation, Set("XML3", 1, "MA_DICH_VU", "")},
      {"service.machine", kInpatient, Set("XML3", kTest, "MA_MAY", "")},
      {"service.performer", kInpatient, Set("XML3", kProcedure, "NGUOI_THUC_HIEN", "")},
      {"service.performer", kInpatient, Set("XML3", kProcedure, "NGAY_TH_YL", "")},
      {"supply.tender", kInpatient, Set("XML3", kSupply, "TT_THAU", "")},
      {"transport.fuel", kInpatient, Set("XML3", kTransport, "MA_XANG_DAU", "")},
      {"catalogue.commune", kStation, Set("XML1", 1, "MAXA_CU_TRU", "99999")},
      {"catalogue.department", kStation, Set("XML3", 1, "MA_KHOA", "K59")},
      {"catalogue.drug", kStation, Set("XML2", 1, "TEN_THUOC", "Tên khác")},
      {"catalogue.facility", kStation, Set("XML1", 1, "MA_DKBD", "99999")},
      {"catalogue.machine", kStation, Set("XML3", 2, "MA_MAY", "XX.1.99999.01")},
      {"catalogue.practitioner", kStation, Set("XML3", 2, "NGUOI_THUC_HIEN", "999/HNO-CCHN")},
      {"catalogue.price", kStation, Line("XML2", 1, "DON_GIA", "1501")},
      {"catalogue.price", kStation, With([](Dossier& d) {
         RowOf(d, "XML3", 1).Set("DON_GIA_BV", "39501").Set("DON_GIA_BH", "39501");
         PriceLine(RowOf(d, "XML3", 1));
         AddUp(d);
       })},
  };
}

std::vector<Fault> MoneyFaults() {
  using enum Start;
  const auto total = [](std::string_view field) {
    return With([=](Dossier& d) { Increase(RowOf(d, "XML1", 1), field, 1); });
  };
  // Amounts moved together so that only the product is wrong.
  const auto amount = [](std::string_view table) {
    return With([=](Dossier& d) {
      Increase(RowOf(d, table, 1), "THANH_TIEN_BV", 1);
      ShareLine(RowOf(d, table, 1));
      AddUp(d);
    });
  };
  const auto insured = [](std::string_view table) {
    return With([=](Dossier& d) {
      Increase(RowOf(d, table, 1), "THANH_TIEN_BH", -1);
      ShareLine(RowOf(d, table, 1));
      AddUp(d);
    });
  };
  return {
      {"money.absurd", kStation, Set("XML2", 1, "DON_GIA", "99999999999"), Lists::kWithout},
      {"money.ceiling", kInpatient, Set("XML3", kSupply, "T_TRANTT", "15999.99")},
      {"money.drug_amount", kStation, amount("XML2")},
      {"money.drug_insured", kStation, insured("XML2")},
      {"money.service_amount", kStation, amount("XML3")},
      {"money.service_insured", kStation, insured("XML3")},
      {"money.fund_formulas", kInpatient, With([](Dossier& d) {
         Row& row = RowOf(d, "XML3", kSurgery);  // case a: aid ate co-payment
         row.Set("T_NGUONKHAC_VTNN", "50000").Set("T_NGUONKHAC", "50000").Set("T_BNCCT", "150000");
         AddUp(d);
       })},
      {"money.line_fund", kInpatient, With([](Dossier& d) {
         Increase(RowOf(d, "XML3", kSurgery), "T_BHTT", -1);
         Increase(RowOf(d, "XML3", kSurgery), "T_BNCCT", 1);
         AddUp(d);
       })},
      {"money.line_shares", kStation, With([](Dossier& d) {
         Increase(RowOf(d, "XML2", 1), "T_BNTT", 1);
         AddUp(d);
       })},
      {"money.other_source_limit", kStation, With([](Dossier& d) {
         RowOf(d, "XML2", 1).Set("T_NGUONKHAC_VTNN", "30000").Set("T_NGUONKHAC", "30000");
         AddUp(d);
       })},
      {"money.other_source_parts", kStation, Set("XML2", 1, "T_NGUONKHAC_VTNN", "5")},
      {"money.price_order", kStation, With([](Dossier& d) {
         RowOf(d, "XML3", 2).Set("DON_GIA_BH", "60000").Set("TYLE_TT_BH", "50");
         PriceLine(RowOf(d, "XML3", 2));
         AddUp(d);
       })},
      {"money.scope", kStation, Set("XML2", 1, "PHAM_VI", "2")},
      {"money.total_amount", kStation, total("T_TONGCHI_BV")},
      {"money.total_copay", kStation, total("T_BNCCT")},
      {"money.total_drugs", kStation, total("T_THUOC")},
      {"money.total_fee_for_service", kStation, total("T_BHTT_GDV")},
      {"money.total_fund", kStation, total("T_BHTT")},
      {"money.total_insured", kStation, total("T_TONGCHI_BH")},
      {"money.total_other_source", kStation, total("T_NGUONKHAC")},
      {"money.total_self_pay", kStation, total("T_BNTT")},
      {"money.total_supplies", kStation, total("T_VTYT")},
      {"benefit.low_cost", kInpatient, With([](Dossier& d) {
         for (auto& part : d.parts) {
           if (part.table->name != "XML3") continue;
           for (Row& row : part.rows) {
             row.Set("DON_GIA_BV", "1000").Set("DON_GIA_BH", "1000");
             PriceLine(row);
           }
         }
         AddUp(d);
       })},
      {"benefit.range", kStation, Set("XML2", 1, "MUC_HUONG", "101")},
      {"benefit.station", kStation, Line("XML2", 1, "MUC_HUONG", "80")},
      {"benefit.uninsured", kUninsured, Set("XML2", 1, "MUC_HUONG", "100")},
  };
}

std::vector<Fault> AllFaults() {
  std::vector<Fault> all;
  for (auto part : {FieldFaults(), FileAndLinkFaults(), SummaryFaults(), DiagnosisAndPaperFaults(),
                    LineFaults(), MoneyFaults()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::string Describe(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings)
    out += finding.rule + " " + finding.table + "[" + std::to_string(finding.row) + "]." +
           finding.field + "\n";
  return out;
}

TEST(CheckClaimFile, FindsNothingInDossiersWithoutAFault) {
  const testing::SmallCatalogue catalogue;
  for (const Start start : {Start::kStation, Start::kUninsured, Start::kInpatient}) {
    const ClaimFile file = testing::FileOf(StartOf(start));
    EXPECT_EQ(Describe(CheckClaimFile(file, &catalogue)), "");
    EXPECT_EQ(Describe(CheckClaimFile(file, nullptr)), "");
  }
}

TEST(CheckClaimFile, FindsEverySeededFaultAndNothingElse) {
  const testing::SmallCatalogue catalogue;
  for (const Fault& fault : AllFaults()) {
    SCOPED_TRACE(fault.rule);
    ClaimFile file = testing::FileOf(StartOf(fault.start));
    fault.seed(file);
    const auto findings =
        CheckClaimFile(file, fault.lists == Lists::kWithCatalogue ? &catalogue : nullptr);
    EXPECT_FALSE(findings.empty());
    for (const Finding& finding : findings) {
      EXPECT_EQ(finding.rule, fault.rule) << Describe(findings);
      EXPECT_FALSE(finding.message.empty());
      EXPECT_FALSE(finding.remedy.empty());
    }
  }
}

TEST(CheckClaimFile, HasASeededFaultForEveryRule) {
  std::set<std::string> seeded;
  for (const Fault& fault : AllFaults()) seeded.insert(fault.rule);
  for (const Rule& rule : AllRules()) EXPECT_TRUE(seeded.contains(std::string(rule.id))) << rule.id;
  EXPECT_EQ(seeded.size(), AllRules().size());
}

TEST(CheckClaimFile, FindsTheSameAfterAJourneyThroughXml) {
  const testing::SmallCatalogue catalogue;
  for (const Start start : {Start::kStation, Start::kUninsured, Start::kInpatient}) {
    const auto text = exchange::insurance::WriteClaimFile(testing::FileOf(StartOf(start)));
    ASSERT_TRUE(text.ok());
    const auto file = exchange::insurance::ReadClaimFile(*text);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(Describe(CheckClaimFile(*file, &catalogue)), "");
  }
}

TEST(CheckDossier, AcceptsACheckInSentAlone) {
  Dossier dossier = testing::StationVisit();
  std::erase_if(dossier.parts, [](const auto& part) { return part.table->name != "XML0"; });
  EXPECT_EQ(Describe(CheckDossier(dossier, nullptr)), "");
}

TEST(CheckDossier, AcceptsAidOfAllThreeCases) {
  for (const auto& [other, fund, copay, self_pay] :
       {std::tuple("200000", "800000", "0", "0"),     // case c, or a with the whole co-payment
        std::tuple("300000", "700000", "0", "0")}) {  // case a reaching the fund
    Dossier dossier = testing::ReferredInpatient();
    RowOf(dossier, "XML3", kSurgery)
        .Set("T_NGUONKHAC_VTNN", other)
        .Set("T_NGUONKHAC", other)
        .Set("T_BHTT", fund)
        .Set("T_BNCCT", copay)
        .Set("T_BNTT", self_pay);
    AddUp(dossier);
    EXPECT_EQ(Describe(CheckDossier(dossier, nullptr)), "money.fund_formulas XML1[1].T_BHTT\n");
  }
  Dossier dossier = testing::ReferredInpatient();  // case b: the worked example of QĐ 4750
  RowOf(dossier, "XML2", 1)
      .Set("SO_LUONG", "1")
      .Set("DON_GIA", "10000000")
      .Set("TYLE_TT_BH", "50")
      .Set("T_NGUONKHAC_VTNN", "3000000")
      .Set("T_NGUONKHAC", "3000000")
      .Set("THANH_TIEN_BV", "10000000")
      .Set("THANH_TIEN_BH", "3500000")
      .Set("T_BHTT", "2800000")
      .Set("T_BNCCT", "700000")
      .Set("T_BNTT", "3500000");
  AddUp(dossier);
  EXPECT_EQ(Describe(CheckDossier(dossier, nullptr)), "");
}

TEST(CheckDossier, StandsAnyNumberInAnyField) {
  for (const char* number :
       {"999999999999999999.999999", "0", "0.000001", "-0", "999999999999999"}) {
    for (const std::string_view table : {"XML1", "XML2", "XML3"}) {
      Dossier dossier = testing::ReferredInpatient();
      for (const auto& field : RowOf(dossier, table, 1).table().fields)
        RowOf(dossier, table, 1).Set(field.name, number);
      EXPECT_FALSE(CheckDossier(dossier, nullptr).empty());
    }
  }
}

TEST(PartialCatalogue, JudgesOnlyWhatItLists) {
  const testing::SmallCatalogue complete;
  const PartialCatalogue partial(complete);
  Dossier dossier = testing::StationVisit();
  RowOf(dossier, "XML1", 1).Set("MA_BENH_CHINH", "Q99.9").Set("MAXA_CU_TRU", "99999");
  EXPECT_EQ(CheckDossier(dossier, &complete).size(), 2U);
  EXPECT_EQ(Describe(CheckDossier(dossier, &partial)), "");
  RowOf(dossier, "XML1", 1).Set("MA_BENH_CHINH", "B95");
  EXPECT_EQ(Describe(CheckDossier(dossier, &partial)),
            "diagnosis.not_main XML1[1].MA_BENH_CHINH\n");
}

TEST(Rules, AreSpelledOnceAndSayWhatToDo) {
  for (const Rule& rule : AllRules()) {
    EXPECT_EQ(FindRule(rule.id), &rule);
    EXPECT_FALSE(rule.message.empty());
    EXPECT_FALSE(rule.remedy.empty());
  }
  EXPECT_EQ(FindRule("no.such_rule"), nullptr);
}

}  // namespace
}  // namespace care::insurance
