// The rules as data. Sources: vietnam.md §3.3 (which tables), §3.4 (money, QĐ 4750), §3.5
// (cross-table and plausibility), §4 (code lists), §4.5 (TT 06/2026), §5 (cards).
#include <algorithm>

#include "care/insurance/finding.h"

namespace care::insurance {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;

constexpr Rule kRules[] = {
    {"admission.reason", kError, "Có lý do vào nội trú nhưng không có thời điểm vào nội trú", "Điền NGAY_VAO_NOI_TRU hoặc xoá LY_DO_VNT"},
    {"bed.days", kError, "Lưu từ 4 đến 24 giờ chỉ được tính tối đa 1 ngày giường", "Giảm số lượng ngày giường"},
    {"bed.not_due", kError, "Không được tính tiền giường cho lượt khám này", "Xoá dòng tiền giường: khám, điều trị ngoại trú hoặc lưu dưới 4 giờ không có tiền giường"},
    {"bed.quantity", kError, "Mỗi dòng tiền giường không quá 1 ngày", "Tách mỗi ngày giường thành một dòng"},
    {"benefit.low_cost", kError, "Tổng chi phí dưới 15 % lương cơ sở phải hưởng 100 %", "Đặt MUC_HUONG = 100 và tính lại dòng"},
    {"benefit.range", kError, "MUC_HUONG phải từ 0 đến 100", "Tính lại mức hưởng"},
    {"benefit.station", kError, "Khám tại trạm y tế (đối tượng 1.2) phải hưởng 100 %", "Đặt MUC_HUONG = 100 và tính lại dòng"},
    {"benefit.uninsured", kError, "Không khám bằng BHYT nhưng có phần quỹ trả", "Đặt T_BHTT = 0 hoặc sửa đối tượng"},
    {"card.alignment", kError, "Số thẻ, nơi đăng ký và hạn thẻ không cùng số giá trị", "Ghi đủ mỗi thẻ một nơi đăng ký và một hạn, cách nhau bằng dấu ;"},
    {"card.expired", kError, "Không có thẻ nào còn hạn khi người bệnh đến", "Tra cứu thẻ trên cổng BHXH và ghi lại hạn thẻ"},
    {"card.for_uninsured", kError, "Đối tượng 9 (không BHYT) nhưng có số thẻ", "Để trống các trường thẻ hoặc sửa đối tượng"},
    {"card.missing", kError, "Khám BHYT nhưng thiếu số thẻ", "Điền MA_THE_BHYT hoặc dùng đối tượng 9"},
    {"catalogue.commune", kError, "Mã xã không có trong danh mục", "Chọn lại xã, phường nơi cư trú"},
    {"catalogue.department", kError, "Mã khoa không có trong danh mục", "Chọn lại khoa"},
    {"catalogue.drug", kError, "Tên, hàm lượng hoặc số đăng ký khác danh mục thuốc đã duyệt", "Sửa theo danh mục thuốc có hiệu lực ngày y lệnh"},
    {"catalogue.facility", kError, "Mã cơ sở không có trong danh mục", "Kiểm tra lại mã cơ sở khám chữa bệnh"},
    {"catalogue.machine", kError, "Mã máy không có trong danh mục", "Đăng ký máy hoặc sửa MA_MAY"},
    {"catalogue.practitioner", kError, "Người hành nghề không có trong danh sách đã đăng ký", "Đăng ký người hành nghề với BHXH hoặc sửa mã"},
    {"catalogue.price", kError, "Đơn giá cao hơn giá đã duyệt", "Sửa đơn giá theo giá có hiệu lực ngày y lệnh"},
    {"checkin.item", kError, "Bảng check-in phải có dịch vụ, thuốc hoặc vật tư đầu tiên", "Điền MA_DICH_VU, MA_THUOC hoặc MA_VAT_TU"},
    {"diagnosis.comorbid_main", kWarning, "Bệnh kèm theo trùng nhau hoặc trùng bệnh chính", "Bỏ mã bị trùng"},
    {"diagnosis.death_only", kError, "Mã chỉ dùng làm nguyên nhân tử vong", "Chọn mã khác, hoặc ghi đúng kết quả điều trị"},
    {"diagnosis.discouraged", kWarning, "Mã không nên dùng làm bệnh chính", "Chọn bệnh chính cụ thể hơn nếu có thể"},
    {"diagnosis.female", kWarning, "Mã chỉ hoặc chủ yếu dùng cho nữ", "Kiểm tra giới tính và mã bệnh"},
    {"diagnosis.finer_code", kError, "Có mã chi tiết hơn nên mã này không được dùng", "Chọn mã 4 hoặc 5 ký tự"},
    {"diagnosis.male", kWarning, "Mã chỉ hoặc chủ yếu dùng cho nam", "Kiểm tra giới tính và mã bệnh"},
    {"diagnosis.not_main", kError, "Mã không được dùng làm bệnh chính", "Chọn bệnh chính khác và đưa mã này vào bệnh kèm theo"},
    {"diagnosis.too_many", kError, "Quá 12 bệnh kèm theo", "Giữ lại các bệnh có ảnh hưởng đến lần khám này"},
    {"diagnosis.traditional", kError, "Bệnh chính không được là mã y học cổ truyền", "Ghi mã ICD-10, chuyển mã y học cổ truyền sang MA_BENH_YHCT"},
    {"diagnosis.unknown", kError, "Mã bệnh không có trong danh mục ICD-10", "Chọn lại mã bệnh có hiệu lực ngày ra"},
    {"diagnosis.vague", kWarning, "Bệnh chính quá chung (Z00, R53)", "Chọn bệnh chính cụ thể hơn nếu có thể"},
    {"dossier.order", kError, "XML1 phải đứng trước các bảng khác", "Xuất lại hồ sơ với XML1 đầu tiên"},
    {"dossier.summary", kError, "Hồ sơ phải có đúng một dòng XML1", "Lập lại hồ sơ từ lượt khám"},
    {"drug.registration", kWarning, "Thiếu số đăng ký thuốc", "Điền SO_DANG_KY theo danh mục thuốc"},
    {"drug.tender", kError, "Thuốc thiếu thông tin thầu", "Điền TT_THAU dạng quyết định;G1;N1;năm"},
    {"exam.repeated", kError, "Hồ sơ nội trú chỉ có một tiền khám", "Xoá các dòng tiền khám thừa"},
    {"field.card", kError, "Số thẻ BHYT sai dạng", "Ghi 10 số, 12 số hoặc 15 ký tự"},
    {"field.code", kError, "Mã không có trong danh sách quy định", "Chọn lại giá trị trong danh sách"},
    {"field.date", kError, "Ngày không đúng dạng yyyymmdd", "Nhập lại ngày"},
    {"field.decimals", kError, "Quá số chữ số thập phân cho phép", "Làm tròn: số lượng, đơn giá 3 số lẻ; tiền, cân nặng 2 số lẻ"},
    {"field.identity", kWarning, "Số giấy tờ không giống CCCD, CMND hay hộ chiếu", "Kiểm tra lại số giấy tờ"},
    {"field.length", kError, "Nội dung dài quá quy định", "Rút ngắn nội dung"},
    {"field.missing", kError, "Thiếu phần tử trong tệp", "Xuất lại hồ sơ, giữ cả phần tử rỗng"},
    {"field.moment", kError, "Thời điểm không đúng dạng yyyymmddHHMM", "Nhập lại ngày giờ"},
    {"field.negative", kError, "Số không được âm", "Kiểm tra lại số lượng và số tiền"},
    {"field.number", kError, "Phải là số, dùng dấu chấm thập phân, không dấu phân cách", "Nhập lại số"},
    {"field.pattern", kError, "Mã sai dạng quy định", "Kiểm tra lại mã"},
    {"field.ratio", kError, "Tỷ lệ phải là số nguyên từ 0 đến 100", "Nhập lại tỷ lệ"},
    {"field.required", kError, "Thiếu trường bắt buộc", "Điền nội dung cho trường này"},
    {"field.unknown", kWarning, "Phần tử không có trong quy định", "Bỏ phần tử này khi xuất hồ sơ"},
    {"file.byte_order_mark", kError, "Tệp có BOM ở đầu", "Lưu tệp UTF-8 không có BOM"},
    {"file.count", kError, "SOLUONGHOSO khác số hồ sơ trong tệp", "Xuất lại tệp"},
    {"file.created_on", kError, "NGAYLAP không phải ngày", "Xuất lại tệp với ngày lập dạng yyyymmdd"},
    {"file.facility", kError, "Mã cơ sở của tệp khác mã cơ sở của hồ sơ", "Gửi hồ sơ bằng tài khoản của cơ sở đã khám"},
    {"imaging.conclusion", kError, "Chẩn đoán hình ảnh thiếu kết luận", "Điền KET_LUAN trong XML4"},
    {"leave.days", kError, "Số ngày nghỉ phải là số nguyên dương", "Nhập lại số ngày nghỉ"},
    {"leave.end_before_start", kError, "Ngày kết thúc nghỉ trước ngày bắt đầu", "Nhập lại thời gian nghỉ"},
    {"leave.partial", kError, "Ba trường nghỉ ngoại trú phải có đủ hoặc để trống hết", "Điền đủ số ngày, từ ngày, đến ngày"},
    {"leave.starts_late", kError, "Ngày bắt đầu nghỉ sau ngày ra", "Nhập lại TU_NGAY"},
    {"link.episode", kError, "MA_LK khác MA_LK của XML1", "Lập lại hồ sơ từ lượt khám"},
    {"link.identity", kError, "Thông tin người bệnh khác XML1", "Sửa cho giống XML1"},
    {"link.period", kError, "Ngày vào, ngày ra hoặc kết quả khác XML1", "Sửa cho giống XML1"},
    {"link.row_number", kError, "STT phải chạy từ 1, không trùng", "Đánh lại số thứ tự"},
    {"money.absurd", kError, "Số lượng, đơn giá hoặc thành tiền lớn vô lý", "Kiểm tra lại số lượng và đơn giá"},
    {"money.ceiling", kError, "Quỹ trả vượt mức trần T_TRANTT", "Giảm T_BHTT xuống mức trần"},
    {"money.drug_amount", kError, "THANH_TIEN_BV khác SO_LUONG × DON_GIA", "Tính lại thành tiền"},
    {"money.drug_insured", kError, "THANH_TIEN_BH khác SO_LUONG × DON_GIA × TYLE_TT_BH", "Tính lại thành tiền BHYT"},
    {"money.fund_formulas", kWarning, "Hai công thức của T_BHTT cho kết quả khác nhau do nguồn khác trả phần cùng chi trả", "Giữ T_TONGCHI_BH − T_BNCCT và báo giám định viên"},
    {"money.line_fund", kError, "Quỹ trả, cùng chi trả hoặc tự trả của dòng tính sai", "Tính lại dòng theo MUC_HUONG và nguồn khác"},
    {"money.line_shares", kError, "Các phần trả của dòng không cộng đủ thành tiền", "Tính lại T_BHTT, T_BNCCT, T_BNTT, T_NGUONKHAC"},
    {"money.other_source_limit", kError, "Nguồn khác phải nhỏ hơn thành tiền của dòng", "Nhập lại nguồn khác"},
    {"money.other_source_parts", kError, "T_NGUONKHAC khác tổng bốn nguồn", "Tính lại T_NGUONKHAC"},
    {"money.price_order", kWarning, "Đơn giá BHYT cao hơn đơn giá của cơ sở", "Kiểm tra bảng giá"},
    {"money.scope", kError, "Ngoài phạm vi BHYT nhưng có phần BHYT", "Đặt TYLE_TT_BH = 0 hoặc sửa PHAM_VI"},
    {"money.service_amount", kError, "THANH_TIEN_BV khác SO_LUONG × DON_GIA_BV × TYLE_TT_DV", "Tính lại thành tiền"},
    {"money.service_insured", kError, "THANH_TIEN_BH khác SO_LUONG × DON_GIA_BH × TYLE_TT_DV × TYLE_TT_BH", "Tính lại thành tiền BHYT"},
    {"money.total_amount", kError, "T_TONGCHI_BV khác tổng các dòng", "Tính lại tổng"},
    {"money.total_copay", kError, "T_BNCCT khác tổng các dòng", "Tính lại tổng"},
    {"money.total_drugs", kError, "T_THUOC khác tổng thành tiền thuốc", "Tính lại tổng"},
    {"money.total_fee_for_service", kError, "T_BHTT_GDV khác tổng quỹ trả theo phí dịch vụ", "Tính lại tổng"},
    {"money.total_fund", kError, "T_BHTT khác T_TONGCHI_BH − T_BNCCT", "Tính lại tổng"},
    {"money.total_insured", kError, "T_TONGCHI_BH khác tổng các dòng", "Tính lại tổng"},
    {"money.total_other_source", kError, "T_NGUONKHAC khác tổng các dòng", "Tính lại tổng"},
    {"money.total_self_pay", kError, "T_BNTT khác tổng các dòng", "Tính lại tổng"},
    {"money.total_supplies", kError, "T_VTYT khác tổng thành tiền vật tư", "Tính lại tổng"},
    {"pregnancy.termination", kError, "Đình chỉ thai phải có nguyên nhân, thời điểm và tuổi thai", "Điền đủ thông tin đình chỉ thai"},
    {"procedure.same_time", kWarning, "Hai phẫu thuật, thủ thuật có cùng thời điểm y lệnh", "Kiểm tra lại giờ y lệnh"},
    {"ratio.examination", kError, "Tỷ lệ tiền khám phải là 100, 30, 10 hoặc 0", "Sửa TYLE_TT_DV theo thứ tự lần khám"},
    {"referral.slip_length", kError, "Số giấy chuyển dài quá 50 ký tự", "Rút ngắn số giấy chuyển"},
    {"rest.too_long", kError, "Nghỉ dưỡng thai quá 180 ngày", "Giảm số ngày nghỉ"},
    {"result.missing", kError, "Có xét nghiệm, chẩn đoán hình ảnh hoặc thăm dò nhưng không có kết quả trong XML4", "Duyệt kết quả rồi lập lại hồ sơ"},
    {"service.anaesthesia", kError, "Phẫu thuật thiếu phương pháp vô cảm", "Điền PP_VO_CAM"},
    {"service.code", kError, "Dòng không có mã dịch vụ lẫn mã vật tư", "Điền MA_DICH_VU hoặc MA_VAT_TU"},
    {"service.machine", kWarning, "Xét nghiệm, chẩn đoán hình ảnh hoặc thăm dò thiếu mã máy", "Điền MA_MAY nếu có dùng máy"},
    {"service.performer", kError, "Thiếu người thực hiện hoặc thời điểm thực hiện", "Điền NGUOI_THUC_HIEN và NGAY_TH_YL"},
    {"summary.settlement", kError, "Năm, tháng quyết toán không hợp lệ", "Nhập lại NAM_QT, THANG_QT"},
    {"summary.text_length", kError, "TOMTAT_KQ dài quá 4.000 ký tự", "Rút ngắn tóm tắt kết quả"},
    {"summary.treatment_days", kError, "SO_NGAY_DTRI tính sai", "Tính lại số ngày điều trị theo loại KCB"},
    {"summary.weight", kError, "Cân nặng phải là số kg hợp lý", "Cân lại và nhập cân nặng"},
    {"supply.tender", kError, "Vật tư thiếu thông tin thầu", "Điền TT_THAU dạng quyết định;G1;N1;năm"},
    {"table.missing", kError, "Thiếu bảng bắt buộc cho loại khám này", "Bổ sung bảng rồi lập lại hồ sơ"},
    {"table.unexpected", kError, "Bảng không được gửi cho lượt khám này", "Bỏ bảng này hoặc sửa loại ra viện"},
    {"time.admission", kError, "Thời điểm vào nội trú ngoài khoảng vào – ra", "Nhập lại NGAY_VAO_NOI_TRU"},
    {"time.appointment", kError, "Ngày hẹn khám lại phải sau ngày ra", "Nhập lại ngày hẹn"},
    {"time.birth", kError, "Ngày sinh sau khi người bệnh đến", "Nhập lại ngày sinh"},
    {"time.done_before_order", kError, "Thực hiện trước khi có y lệnh", "Nhập lại giờ thực hiện hoặc giờ y lệnh"},
    {"time.end_before_arrival", kError, "Ngày ra trước ngày vào", "Nhập lại ngày ra"},
    {"time.newborn", kError, "Trẻ đến 28 ngày tuổi phải có đủ ngày giờ sinh", "Điền đủ ngày giờ sinh (sinh lúc 0 giờ ghi 0001)"},
    {"time.outside_visit", kError, "Thời điểm ngoài khoảng vào – ra của lượt khám", "Nhập lại thời điểm"},
    {"time.result_before_order", kError, "Kết quả trước khi có y lệnh", "Nhập lại giờ kết quả hoặc giờ y lệnh"},
    {"transport.fuel", kError, "Vận chuyển thiếu mã xăng dầu", "Điền MA_XANG_DAU"},
};

static_assert(std::is_sorted(std::begin(kRules), std::end(kRules),
                             [](const Rule& a, const Rule& b) { return a.id < b.id; }));

}  // namespace

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
  }
  return "";
}

std::span<const Rule> AllRules() { return kRules; }

const Rule* FindRule(std::string_view id) {
  const auto* found =
      std::lower_bound(std::begin(kRules), std::end(kRules), id,
                       [](const Rule& rule, std::string_view key) { return rule.id < key; });
  return found != std::end(kRules) && found->id == id ? found : nullptr;
}

}  // namespace care::insurance
