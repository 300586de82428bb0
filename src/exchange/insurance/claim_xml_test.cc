#include "exchange/insurance/claim_xml.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace exchange::insurance {
namespace {

ClaimFile SmallFile() {
  ClaimFile file{.facility = "01C54", .created_on = "20261121"};
  Dossier dossier;
  dossier.Add("XML0").Set("MA_LK", "LK1");
  dossier.Add("XML2").Set("MA_LK", "LK1").Set("TEN_THUOC", "Paracetamol <500>");
  dossier.Add("XML2").Set("MA_LK", "LK1").Set("LIEU_DUNG", "2 viên/lần ]]> 2 lần/ngày");
  dossier.Add("XML1")
      .Set("MA_LK", "LK1")
      .Set("HO_TEN", "Nguyễn Văn Á & B")
      .Set("T_THUOC", "150000.5");
  file.dossiers.push_back(std::move(dossier));
  return file;
}

std::string Envelope(std::string_view files) {
  return "<GIAMDINHHS><THONGTINDONVI><MACSKCB>01C54</MACSKCB></THONGTINDONVI><THONGTINHOSO>"
         "<NGAYLAP>20261121</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO>" +
         std::string(files) + "</HOSO></DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>";
}

std::string FileOf(std::string_view name, std::string_view content) {
  return "<FILEHOSO><LOAIHOSO>" + std::string(name) + "</LOAIHOSO><NOIDUNGFILE>" +
         base::ToBase64(content) + "</NOIDUNGFILE></FILEHOSO>";
}

TEST(ClaimTables, AreTheSixteenOfTheDecision) {
  ASSERT_EQ(Tables().size(), 16U);
  EXPECT_EQ(FindTable("XML1")->fields.size(), 66U);
  EXPECT_EQ(FindTable("XML1")->root, "TONG_HOP");
  EXPECT_EQ(FindTable("XML3")->fields.size(), 47U);
  EXPECT_EQ(FindTable("XML3")->row, "CHI_TIET_DVKT");
  EXPECT_EQ(FindTable("XML16"), nullptr);
  const Field& name = FindTable("XML1")->fields[3];
  EXPECT_EQ(name.name, "HO_TEN");
  EXPECT_TRUE(name.free_text);
  EXPECT_EQ(name.max_length, 255);
  EXPECT_EQ(name.requirement, Requirement::kRequired);
  EXPECT_FALSE(FindTable("XML1")->fields[26].free_text) << "codes are written plain";
}

TEST(WriteClaimFile, PutsTableOneFirst) {
  const auto text = WriteClaimFile(SmallFile());
  ASSERT_TRUE(text.ok());
  EXPECT_TRUE(text->starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
  const size_t one = text->find("XML1"), two = text->find("XML2"), zero = text->find("XML0");
  EXPECT_LT(one, two);
  EXPECT_LT(two, zero);
  EXPECT_NE(text->find("<SOLUONGHOSO>1</SOLUONGHOSO>"), std::string::npos);
}

TEST(WriteTable, KeepsTableOrderEmptyElementsAndCdata) {
  Dossier dossier;
  dossier.Add("XML4").Set("TEN_CHI_SO", "Đường huyết").Set("MA_LK", "LK1").Set("STT", "1");
  const auto text = WriteTable(*FindTable("XML4"), dossier.Rows("XML4"));
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(
      *text,
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<CHITIEU_CHITIET_DICHVUCANLAMSANG><DSACH_CHI_TIET_CLS>\n<CHI_TIET_CLS>"
      "<MA_LK>LK1</MA_LK><STT>1</STT><MA_DICH_VU></MA_DICH_VU><MA_CHI_SO></MA_CHI_SO>"
      "<TEN_CHI_SO><![CDATA[Đường huyết]]></TEN_CHI_SO><GIA_TRI></GIA_TRI><DON_VI_DO></DON_VI_DO>"
      "<MO_TA></MO_TA><KET_LUAN></KET_LUAN><NGAY_KQ></NGAY_KQ><MA_BS_DOC_KQ></MA_BS_DOC_KQ>"
      "<DU_PHONG></DU_PHONG></CHI_TIET_CLS></DSACH_CHI_TIET_CLS>"
      "</CHITIEU_CHITIET_DICHVUCANLAMSANG>");
}

TEST(WriteTable, RefusesWhatXmlCannotCarry) {
  Dossier dossier;
  dossier.Add("XML1").Set("HO_TEN", "A\x01");
  EXPECT_FALSE(WriteTable(*FindTable("XML1"), dossier.Rows("XML1")).ok());
  dossier.Add("XML1");
  EXPECT_FALSE(WriteTable(*FindTable("XML1"), dossier.Rows("XML1")).ok()) << "occurs once";
}

TEST(ReadClaimFile, GivesBackWhatWasWritten) {
  const auto text = WriteClaimFile(SmallFile());
  ASSERT_TRUE(text.ok());
  const auto file = ReadClaimFile(*text);
  ASSERT_TRUE(file.ok()) << file.error().message << file.error().field;
  EXPECT_EQ(file->facility, "01C54");
  EXPECT_EQ(file->created_on, "20261121");
  EXPECT_EQ(file->dossier_count, "1");
  EXPECT_FALSE(file->is_signed);
  const Dossier& dossier = file->dossiers.at(0);
  EXPECT_EQ(dossier.Summary()->Get("HO_TEN"), "Nguyễn Văn Á & B");
  EXPECT_EQ(dossier.Summary()->Get("T_THUOC"), "150000.5");
  ASSERT_EQ(dossier.Rows("XML2").size(), 2U);
  EXPECT_EQ(dossier.Rows("XML2")[0].Get("TEN_THUOC"), "Paracetamol <500>");
  EXPECT_EQ(dossier.Rows("XML2")[1].Get("LIEU_DUNG"), "2 viên/lần ]]> 2 lần/ngày");
  EXPECT_TRUE(dossier.Rows("XML2")[1].Has("DU_PHONG"));
}

TEST(ReadClaimFile, ReadsByNameAndNotesWhatIsMissingOrUnknown) {
  const auto file = ReadClaimFile(Envelope(
      FileOf("XML1", "<TONG_HOP><HO_TEN>A</HO_TEN><MA_LK> L1 </MA_LK><LA>1</LA></TONG_HOP>")));
  ASSERT_TRUE(file.ok()) << file.error().message;
  const Row& row = *file->dossiers[0].Summary();
  EXPECT_EQ(row.Get("MA_LK"), "L1");
  EXPECT_FALSE(row.Has("STT"));
  EXPECT_EQ(row.unknown, std::vector<std::string>{"LA"});
}

TEST(ReadClaimFile, IgnoresTablesSixteenToEighteen) {
  const auto file = ReadClaimFile(Envelope(FileOf("XML1", "<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>") +
                                           FileOf("XML17", "not even XML")));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(file->dossiers[0].ignored, std::vector<std::string>{"XML17"});
}

TEST(ReadClaimFile, RefusesWhatIsNoClaimFile) {
  const std::string one = FileOf("XML1", "<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>");
  for (const std::string& bad : std::vector<std::string>{
           "", "x", "<A/>", "<GIAMDINHHS/>", Envelope(one + one), Envelope(FileOf("XML99", "<A/>")),
           Envelope(FileOf("XML1", "<A/>")), Envelope(FileOf("XML1", "<TONG_HOP>")),
           Envelope(FileOf("XML1", "<!DOCTYPE a><TONG_HOP/>")),
           Envelope(FileOf("XML1", "<TONG_HOP><MA_LK><B/></MA_LK></TONG_HOP>")),
           Envelope(FileOf("XML1", "<TONG_HOP><MA_LK/><MA_LK/></TONG_HOP>")),
           Envelope(FileOf("XML2", "<CHITIEU_CHITIET_THUOC><X/></CHITIEU_CHITIET_THUOC>")),
           Envelope("<FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>!!!</NOIDUNGFILE></FILEHOSO>"),
           Envelope("<X/>"), "<!DOCTYPE x>" + Envelope(one)})
    EXPECT_FALSE(ReadClaimFile(bad).ok()) << bad.substr(0, 80);
}

TEST(ReadClaimFile, TakesBase64BrokenIntoLinesAndSeesASignature) {
  std::string text = Envelope(FileOf("XML1", "<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>"));
  text.insert(text.find("<NOIDUNGFILE>") + 17, "\r\n");
  text.replace(text.find("<CHUKYDONVI/>"), 13, "<CHUKYDONVI><Signature/></CHUKYDONVI>");
  const auto file = ReadClaimFile("\xEF\xBB\xBF" + text);
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_TRUE(file->is_signed);
  EXPECT_TRUE(file->has_byte_order_mark);
}

TEST(ClaimForms, AreThoseOfTheDecision) {
  EXPECT_EQ(ClaimMoment(*base::Instant::Parse("2026-11-21T07:05:59+07:00")), "202611210705");
  EXPECT_EQ(ClaimDate({2026, 1, 2}), "20260102");
  EXPECT_EQ(ClaimQuantity(*base::Decimal::Parse("1.2345")), "1.235");
  EXPECT_EQ(ClaimMoney(*base::Decimal::Parse("1500.005")), "1500.01");
}

}  // namespace
}  // namespace exchange::insurance
