"""Closed word lists behind the visit rules: what agencies, titles and countries are called.

Holds data only. Sequences of words are written in lower case with single spaces.
"""

from hochoi.types import PartyKind

# Agencies of a province or of a part of it: the place follows the head at once.
LOCAL_HEADS = (
    "ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân|thường trực hđnd"
    "|thường trực hội đồng nhân dân|văn phòng ubnd|văn phòng ủy ban nhân dân"
    "|văn phòng uỷ ban nhân dân|văn phòng hđnd và ubnd|văn phòng đoàn đbqh và hđnd"
    "|văn phòng đoàn đại biểu quốc hội và hđnd|văn phòng hđnd|văn phòng tỉnh ủy"
    "|văn phòng tỉnh uỷ|văn phòng thành ủy|vpubnd|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|quận ủy"
    "|huyện ủy|thị ủy|đảng ủy|ban thường vụ tỉnh ủy|ban thường vụ thành ủy"
    "|ban thường vụ huyện ủy|ban thường vụ quận ủy|thường trực tỉnh ủy|thường trực thành ủy"
    "|ban tổ chức tỉnh ủy|ban tổ chức thành ủy|ban dân vận tỉnh ủy|ban tuyên giáo tỉnh ủy"
    "|ban nội chính tỉnh ủy|ban kinh tế - ngân sách hđnd|ban pháp chế hđnd"
    "|ban văn hóa - xã hội hđnd|ban đô thị hđnd|công an|cục thuế|chi cục thuế|kho bạc nhà nước"
    "|bảo hiểm xã hội|tòa án nhân dân|viện kiểm sát nhân dân|tỉnh đoàn|thành đoàn"
    "|huyện đoàn|quận đoàn|thị đoàn|đoàn thanh niên|hội liên hiệp phụ nữ|hội phụ nữ"
    "|hội nông dân|hội cựu chiến binh|mặt trận tổ quốc|ủy ban mttq|ủy ban mặt trận tổ quốc việt"
    " nam|ubmttq|đoàn đbqh|liên đoàn lao động|thanh tra|ban dân tộc|ban tôn giáo|vnpt"
).split("|")
# Agencies of a province or of a part of it that have a field of work: "Sở Nội vụ".
FIELD_HEADS = "sở|phòng|ban quản lý|chi cục".split("|")
# The same, but rather a place to see than a party.
VENUE_HEADS = (
    "trung tâm|bộ phận một cửa|bộ phận tiếp nhận và trả kết quả|chi nhánh|thư viện|bệnh viện"
    "|trạm y tế|bảo tàng|nhà văn hóa"
).split("|")
CENTRAL_HEADS = (
    "bộ|vụ|cục|tổng cục|văn phòng chính phủ|văn phòng quốc hội|văn phòng chủ tịch nước"
    "|ủy ban dân tộc|thanh tra chính phủ|ngân hàng nhà nước việt nam|kiểm toán nhà nước"
    "|bảo hiểm xã hội việt nam|thông tấn xã việt nam|đài truyền hình việt nam"
    "|đài tiếng nói việt nam|tòa án nhân dân tối cao|viện kiểm sát nhân dân tối cao|chính phủ"
    "|quốc hội|ban tổ chức trung ương|ban kinh tế trung ương|ban chỉ đạo trung ương"
    "|tổng liên đoàn lao động việt nam|ủy ban thường vụ quốc hội|văn phòng trung ương đảng"
    "|ban công tác đại biểu|ủy ban pháp luật|ủy ban tư pháp|ủy ban kinh tế|ủy ban xã hội|ủy ban"
    " tài chính"
    "|ủy ban văn hóa|ủy ban đối ngoại|ủy ban khoa học|ủy ban quốc phòng|hội đồng dân tộc|ban dân"
    " nguyện"
    "|ủy ban dân nguyện|ủy ban công tác đại biểu|ban tuyên giáo trung ương|ban dân vận trung ương"
).split("|")
OTHER_HEADS = (
    "học viện|phân viện|trường|viện|tập đoàn|tổng công ty|công ty|ngân hàng|hiệp hội|hội đồng tư"
    " vấn"
    "|hội|liên hiệp|liên hiệp các|liên minh|liên đoàn|quỹ|diễn đàn|câu lạc bộ|hợp tác xã|doanh"
    " nghiệp|đại học"
    "|báo|đài phát thanh và truyền hình|đài phát thanh - truyền hình|tổ chức|phân hiệu|khoa|mạng"
    " lưới|viettel|mobifone|fpt"
).split("|")
FOREIGN_HEADS = (
    "đại sứ quán|tổng lãnh sự quán|lãnh sự quán|chính quyền|hội đồng thành phố|tòa thị chính"
    "|cơ quan hợp tác quốc tế|cơ quan|hạ viện|thượng viện|nghị viện|hội đồng tỉnh|hội đồng"
).split("|")
DISTRICT_TYPES = "quận|huyện|thị xã|phường|xã|thị trấn|đặc khu|thành phố|tp|tx".split("|")

# Fields of work of ministries, departments and offices, longest first where one begins another.
FIELDS = (
    "nội vụ|thông tin và truyền thông|tt&tt|tttt|khoa học và công nghệ|kh&cn|khcn|kế hoạch và"
    " đầu tư"
    "|kế hoạch - đầu tư|kế hoạch đầu tư|tài chính - kế hoạch|tài chính|tư pháp|ngoại vụ|ngoại giao"
    "|công thương|xây dựng|y tế|giáo dục và đào tạo|giáo dục & đào tạo|gd&đt|giao thông vận tải"
    "|nông nghiệp và phát triển nông thôn|nông nghiệp và môi trường|nông nghiệp và phục hồi"
    "|tài nguyên và môi trường|tài nguyên & môi trường|tn&mt|văn hóa, thể thao và du lịch"
    "|văn hóa và thể thao|văn hóa, thông tin và du lịch|văn hóa và du lịch|văn hóa - xã hội"
    "|văn hóa và thông tin|văn hóa, thông tin|vhttdl|lao động - thương binh và xã hội"
    "|lao động, thương binh và xã hội|lđ-tb&xh|lao động và phúc lợi xã hội|quy hoạch - kiến trúc"
    "|quy hoạch và kiến trúc|du lịch|quốc phòng|công an|an toàn thực phẩm|dân tộc và tôn giáo"
    "|công nghệ và truyền thông|bưu chính và viễn thông|kinh tế, tài chính|kinh tế và tài chính"
    "|kinh tế, hạ tầng và đô thị|hành chính và an toàn|nội vụ và an toàn|kinh tế|khu kinh tế cửa"
    " khẩu|khu kinh tế"
    "|cải cách hành chính|hành chính công|hành chính tư pháp|công chức - viên chức|tổ chức cán"
    " bộ|tổ chức - biên chế|chính quyền địa phương"
    "|tin học hóa|chuyển đổi số quốc gia|thi đua - khen thưởng|hành chính|kiểm soát thủ tục hành"
    " chính|hộ tịch, quốc tịch, chứng thực"
    "|hợp tác quốc tế|văn thư và lưu trữ nhà nước|kinh tế số và xã hội số"
).split("|")
# Lower-case syllables inside names of agencies, centres, companies and institutes.
NAME_SYLLABLES = frozenset(
    "an ban báo bảo bản bị biên biến binh bình bưu bộ cán cao cáo cấp cải chi chiến chiếu chuyên"
    " chuyển"
    " chính chức cách cơ công cư cạnh cầu cục cửa cứu doanh du dân dạng dữ dịch dục dụng dựng"
    " giai giao"
    " giám giáo hiểm hiệp hiện hoạch hoạt hàng hành hòa hóa hoá hướng hưởng hạ hải hệ học hội"
    " hợp hữu khai"
    " châu thế khen khoa khoáng khách khí khởi khu kinh kiến kiểm kế kết kỹ kỷ lao liên liệu"
    " luyện luận luật lâm"
    " lý lưu lượng lược hữu nghị lực lịch mạng mạc mại minh một máy mô môi mở mềm nam nguyên"
    " nghiên nghiệp nghị"
    " nghề nghệ người ngành nhà nhân nhận nhập nông năng năm nước nội nối phát pháp phân phòng"
    " phó phúc"
    " phương phường phẩm phần phố phục phủ quan quang quy quyền quân quản quả quận quỹ quốc rừng"
    " sinh soát"
    " sáng sát sân sóc sản số sử sức sự tra tranh trang trí triển trung truyền truyễn trường trạm"
    " trẻ trả trắc trị trợ trữ tuyến tuệ tài tác tâm tân tây tế tích tiên tiến tiếp tiêu tin"
    " toán toàn"
    " trình tuyên tạo tập tổng tổ tế từ tự tưởng tư tưới tục thanh tham thi thiết thiên thuật"
    " thuế thành"
    " thám thánh thông thương thường thưởng thủy thủ thực thể thống thị thời tử tỉnh tiền tư"
    " vùng vật vận văn"
    " viên viễn viện việc việt và vàng vệ vụ vực xanh xe xuất xã xây y điều điện đa đai đào đáp"
    " đình đô"
    " đoàn đông đất đầu đề địa định đổi động đối đội đồng đức ứng ương ước đúc gia".split()
)

# What a place to see is called, besides agencies and localities.
PLACE_HEADS = (
    "công viên|ngã ba|khu công nghệ cao|khu công nghiệp|khu kinh tế|khu du lịch|khu di tích|khu"
    " lưu niệm|khu đô thị"
    "|khu chế xuất|khu liên hợp|khu nông nghiệp|khu công nghệ|khu phố|khu tưởng niệm|khu|ga|cảng"
    "|sân bay"
    "|cửa khẩu|nhà máy|hội trường|tòa nhà|toà nhà|kho lưu trữ|kho|quầy|đền thờ|đền|chùa|đình|cồn"
    "|làng nghề|làng|bản|thôn|ấp|tổ dân phố|trường học|trường|bệnh viện|bảo tàng|nhà lưu niệm"
    "|nhà tù|di tích"
    "|nhà rông|buôn|bãi bồi|bãi biển|phòng vận hành|phòng điều hành"
    "|quần thể|quảng trường|tượng đài|nghĩa trang|vườn quốc gia|vịnh|đảo|hang|thành cổ|thành nhà"
    "|nhà văn hóa"
    "|thư viện|bến xe|bến cảng|phòng họp|trung tâm|bộ phận|điểm|siêu thị|chợ|phố|hợp tác xã|bưu"
    " điện"
    "|hồ|htx|thác|suối|động|cầu|tháp|nhà thờ|thiền viện|khu bảo tồn|trang trại|vườn|cột cờ|phố"
    " đi bộ|phố cổ|chợ nổi|nhà thờ|nông trường|khu dân cư|tuyến đường|đài|bến|vườn ươm|cơ sở|cột"
    " mốc|cụm công nghiệp|không gian|công ty|tập đoàn|xưởng|viện|phòng|nhà khách|khách sạn|cung"
    "|dinh|lăng|văn miếu|số"
).split("|")

COUNTRIES = (
    "lào|campuchia|cam-pu-chia|hàn quốc|triều tiên|nhật bản|nhật|trung quốc|singapore|xin-ga-po"
    "|pháp|đức"
    "|anh|vương quốc anh|hoa kỳ|mỹ|úc|australia|ô-xtrây-li-a|new zealand|niu di-lân|ireland"
    "|ai-len|thái lan"
    "|malaysia|ma-lai-xi-a|indonesia|in-đô-nê-xi-a|philippines|phi-líp-pin|myanmar|mi-an-ma"
    "|brunei|ấn độ"
    "|bangladesh|băng-la-đét|cuba|cu ba|cu-ba|nga|liên bang nga|bỉ|hà lan|thụy điển|thụy sĩ|thuỵ"
    " sĩ|phần lan"
    "|đan mạch|na uy|estonia|ba lan|séc|cộng hòa séc|hungary|đài loan|canada|ca-na-đa|ý|italia"
    "|tây ban nha"
    "|bồ đào nha|áo|israel|i-xra-en|mông cổ|kazakhstan|ukraine|sri lanka|nepal|pakistan|ai cập"
    "|nam phi|brazil"
    "|luxembourg|slovakia|rumani|bulgaria|hồng kông|hong kong|timor leste|châu âu|liên minh châu"
    " âu|eu"
    "|quốc tế|uae|mozambique|angola|lithuania|latvia"
).split("|")
FOREIGN_PLACES = (
    "viêng chăn|vientiane|luông pha băng|luang prabang|xiêng khoảng|hủa phăn|phông sa lỳ|bò kẹo"
    "|u đôm xay"
    "|sa vẳn na khẹt|xa vẳn na khẹt|sa la van|xê kông|sê kông|chăm pa sắc|át ta pư|khăm muộn|bô"
    " ly khăm xay"
    "|phnôm pênh|xiêm riệp|bắc kinh|thượng hải|quảng tây|quảng đông|vân nam|quảng châu|thâm"
    " quyến|tokyo"
    "|seoul|sydney|paris|london|dublin|melbourne|wellington|bangkok|băng cốc|tô-ky-ô|xơ-un"
).split("|")
FOREIGN_BODIES = "jica|koica|undp|unicef|usaid|adb|wb|oecd|icf|ngân hàng thế giới".split("|")

KIND_OF_HEAD: dict[str, PartyKind] = {
    **dict.fromkeys([*LOCAL_HEADS, *FIELD_HEADS, *VENUE_HEADS], PartyKind.PROVINCE),
    **dict.fromkeys(OTHER_HEADS, PartyKind.OTHER),
    **dict.fromkeys(CENTRAL_HEADS, PartyKind.MINISTRY),
    **dict.fromkeys(FOREIGN_HEADS, PartyKind.FOREIGN),
}

ROLES = (
    "chủ tịch|giám đốc|tổng giám đốc|bí thư|chánh văn phòng|chánh thanh tra|chánh án|trưởng phòng"
    "|trưởng ban|bộ trưởng|thứ trưởng|vụ trưởng|cục trưởng|viện trưởng|hiệu trưởng|chi cục trưởng"
    "|tổng cục trưởng|thị trưởng|quận trưởng|tỉnh trưởng|huyện trưởng|đô trưởng|châu trưởng"
    "|thống đốc|đại sứ|tham tán"
    "|tổng lãnh sự|lãnh sự|trưởng khoa|chủ nhiệm|ủy viên|uỷ viên|đồng sáng lập|nhà sáng lập"
    "|trưởng đại diện"
    "|trưởng bộ phận|đội trưởng|trạm trưởng|kế toán trưởng|tổng biên tập|thủ tướng|tổng thư ký"
    "|thư ký"
    "|đại biểu quốc hội|trưởng văn phòng|trưởng nhóm|cố vấn|thường trực|giám đốc điều hành|viện"
    " phó|vụ phó"
    "|phó đoàn đại biểu quốc hội|tổng kiểm toán|đại diện trưởng"
    "|hiệu phó|tổ trưởng|trưởng trạm|trưởng công an|chỉ huy trưởng|tư lệnh|viện sĩ|chuyên gia"
    " cao cấp"
    "|quản đốc|trưởng thôn|trưởng bản|bí thư đảng ủy|điều phối viên|nghị sĩ|hạ nghị sĩ|thượng"
    " nghị sĩ"
).split("|")
ROLE_PREFIXES = frozenset({"phó", "quyền", "nguyên", "q", "tân", "trợ"})
HONORIFICS = frozenset({"ông", "bà", "anh", "chị", "ngài", "chí"})
RANKS = (
    "đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy"
    "|giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư|nhà báo|luật sư"
).split("|")
ACADEMIC = frozenset("ts ths pgs gs gs-ts pgs-ts bs ks kts ls tskh bsckii cn mr mrs ms dr".split())

SURNAMES = frozenset(
    "an au âu bá bạch bàn bành bế bích biện bùi bàng cà cầm cao cấn chế châu chu chử chu chương"
    " cổ cù cung"
    " cù danh diệp diêm doãn dư dương đàm đan đặng đào đậu đèo điêu điểu đinh đỗ đoàn đới đổng"
    " đồng đường"
    " giàng giang giáp hạ hà hán hàn hàng hầu hồ hoa hoàng huỳnh hứa hùng hạng hoàn kha khà khâu"
    " khổng khúc khuất"
    " kiều kim kiên kpă ksor la lã lại lâm lang lê lều liễu liêu lò lộ long lỗ lù lục lư lữ"
    " lương lường lưu"
    " luyện lý lầu ma mã mạc mai mạnh mẫn mùa mông nghê nghiêm ngô ngọ ngụy nguyễn nhâm nhan nhữ"
    " ninh nông"
    " ông ôn phạm phan phí phó phù phùng phương phó phàng quách quan quàng quản sa sầm sơn sùng"
    " sái tạ tăng"
    " tằng tào tẩn thạch thái thân thào thi thiều tiêu tiết tô tòng tôn tống trà trần tráng"
    " trang triệu"
    " trình trịnh trương từ tưởng ứng văn vàng vi viên vũ võ vương vừ xa xồng xuân y ưng chảo vì"
    " lềnh chẩu"
    " thẩm hờ lèo cứ đôn hồng tường lạc ngân quảng đái lầu mỵ".split()
)
