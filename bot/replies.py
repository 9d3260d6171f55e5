"""Every fixed text that citizens and staff read. Plain, polite, one place."""

AI_NOTICE = "Tôi là trợ lý trí tuệ nhân tạo (AI) của phường, xã; thông tin lấy từ văn bản công khai và có ghi nguồn."
GREETING = (
    "Xin chào ông/bà! Tôi giúp tra cứu thủ tục hành chính và kế hoạch của phường, xã.\n"
    "Ông/bà có thể hỏi, ví dụ:\n"
    "• Đăng ký khai sinh cần giấy tờ gì?\n"
    "• Cấp lại thẻ căn cước mất bao lâu?\n"
    "• Nộp phí, lệ phí trực tuyến thế nào?"
)
THANKS = "Rất vui được giúp ông/bà. Khi cần, ông/bà cứ hỏi tiếp."
GOODBYE = "Chào ông/bà, chúc ông/bà nhiều sức khỏe."
WHO_AM_I = AI_NOTICE + " Tôi không phải là cán bộ và không quyết định hồ sơ. Muốn gặp người, ông/bà nhắn “gặp cán bộ”."

NO_ANSWER = (
    "Tôi chưa tìm thấy nội dung này trong các thủ tục và văn bản đang có, nên không dám trả lời để ông/bà khỏi mất công.\n"
    "Ông/bà có thể hỏi lại bằng tên việc cần làm (ví dụ: “đăng ký tạm trú”), gọi tổng đài dịch vụ công 18001096, "
    "hoặc hỏi trực tiếp tại Trung tâm Phục vụ hành chính công."
)
EMPTY = "Ông/bà chưa nhập câu hỏi. Hãy viết việc cần hỏi, ví dụ: “làm giấy khai sinh cho con cần gì”."
ERROR = "Hệ thống đang gặp trục trặc, chưa trả lời được. Ông/bà thử lại sau ít phút hoặc gọi tổng đài 18001096."

EMERGENCY = {
    "police": "Việc này khẩn cấp: hãy gọi ngay 113 (Công an). Nếu có người bị thương gọi thêm 115 (cấp cứu).",
    "fire": "Việc này khẩn cấp: hãy gọi ngay 114 (chữa cháy, cứu nạn cứu hộ) và đưa mọi người ra khỏi chỗ nguy hiểm.",
    "medical": "Việc này khẩn cấp: hãy gọi ngay 115 (cấp cứu y tế).",
    "child": (
        "Việc này khẩn cấp: hãy gọi ngay 111 (Tổng đài quốc gia bảo vệ trẻ em, miễn phí, 24/24). "
        "Nếu trẻ đang bị đe dọa, gọi thêm 113."
    ),
    "self_harm": (
        "Tôi rất lo cho ông/bà. Xin hãy gọi ngay 115 (cấp cứu) hoặc nói với người thân đang ở gần. "
        "Nếu có người đang gặp nguy hiểm, gọi 113. Trẻ em có thể gọi 111 bất cứ lúc nào."
    ),
    "rescue": "Việc này khẩn cấp: hãy gọi ngay 112 (tìm kiếm cứu nạn) hoặc 114 (cứu hộ).",
}
EMERGENCY_AFTER = "Sau khi an toàn, ông/bà nhắn lại nếu cần hỏi về giấy tờ, thủ tục."

FILE_STATUS = (
    "Tôi không xem được hồ sơ riêng của ông/bà. Để biết hồ sơ đến đâu: vào dichvucong.gov.vn, mục “Tra cứu hồ sơ”, "
    "nhập mã hồ sơ ghi trên giấy hẹn; hoặc gọi tổng đài 18001096; hoặc mang giấy hẹn đến Trung tâm Phục vụ hành chính công."
)
OTHER_AUTHORITY = {
    "court": "Việc này do Tòa án giải quyết, không phải thủ tục của phường, xã. Ông/bà liên hệ Tòa án nhân dân nơi cư trú.",
    "bank": "Việc này thuộc ngân hàng. Ông/bà liên hệ ngân hàng mở tài khoản hoặc gọi số hỗ trợ in trên thẻ.",
    "hospital": "Việc khám, chữa bệnh ông/bà liên hệ bệnh viện hoặc trạm y tế; nguy cấp thì gọi 115.",
    "electric": "Việc điện sinh hoạt ông/bà liên hệ đơn vị điện lực theo số ghi trên hóa đơn.",
    "water": "Việc nước sinh hoạt ông/bà liên hệ đơn vị cấp nước theo số ghi trên hóa đơn.",
    "traffic_fine": "Việc phạt giao thông ông/bà xem tại cổng dịch vụ công (mục nộp phạt) hoặc liên hệ Cảnh sát giao thông nơi ra quyết định.",
    "telecom": "Việc này thuộc nhà mạng. Ông/bà gọi tổng đài của nhà mạng đang dùng.",
    "school": "Việc dạy và học hằng ngày ông/bà liên hệ nhà trường.",
    "tax": "Số thuế của riêng ông/bà, nợ thuế và lỗi ứng dụng thuế, ông/bà hỏi cơ quan Thuế quản lý hoặc xem trên ứng dụng eTax Mobile.",
    "social_insurance": (
        "Sổ, lương hưu và quyền lợi bảo hiểm của riêng ông/bà, xin hỏi cơ quan Bảo hiểm xã hội, tổng đài 19009068, hoặc xem trên ứng dụng VssID."
    ),
    "labour": (
        "Việc tiền lương, nghỉ việc với nơi làm, ông/bà hỏi công đoàn cơ sở hoặc Sở Nội vụ (thanh tra, hòa giải lao động); chưa xong thì Tòa án."
    ),
    "transport": "Việc vé tàu xe, đặt xe, giao hàng ông/bà liên hệ hãng vận tải, bến xe, nhà ga hoặc đơn vị giao hàng.",
    "embassy": "Việc thị thực, định cư nước ngoài do đại sứ quán, lãnh sự quán nước đó giải quyết. Ông/bà hỏi trực tiếp nơi ấy.",
    "vneid_support": "Việc đăng nhập, khóa hay quên mật khẩu VNeID ông/bà gọi tổng đài VNeID 19000368.",
}
LEGAL_ADVICE = (
    "Tôi chỉ tra cứu thủ tục, không tư vấn luật, cách thắng kiện hay cách né quy định. Ông/bà có thể hỏi Trung tâm Trợ giúp pháp lý nhà nước của tỉnh "
    "(miễn phí cho người thuộc diện) hoặc luật sư."
)
OFF_TOPIC = (
    "Tôi chỉ trả lời về thủ tục hành chính và công việc của phường, xã nên không giúp được việc này. "
    "Ông/bà cần làm giấy tờ gì, cứ hỏi tôi."
)
OTHER_COMMUNE = (
    "Tôi chỉ có văn bản của địa phương này. Với nơi khác, ông/bà hỏi Ủy ban nhân dân nơi đó hoặc tổng đài 18001096."
)
REFUSED = "Tôi không thể làm việc này. Ông/bà cần tra cứu thủ tục hành chính, cứ hỏi tôi."
REFUSED_ILLEGAL = "Việc này trái pháp luật nên tôi không hướng dẫn. Nếu vướng mắc về giấy tờ, ông/bà cho biết việc cần làm, tôi chỉ cách làm đúng."
REFUSED_PRIVATE = "Tôi không có và không cung cấp thông tin cá nhân của người khác."
ABUSE = "Tôi hiểu ông/bà đang bực. Ông/bà cho biết việc cần làm, tôi sẽ cố giúp; hoặc nhắn “gặp cán bộ”."
PERSONAL_DATA = "Xin đừng gửi số căn cước, ảnh giấy tờ hay số tài khoản ở đây; tôi không cần và đã che đi."
HANDOVER = (
    "Ông/bà muốn gặp cán bộ: xin đến Trung tâm Phục vụ hành chính công trong giờ làm việc, hoặc gọi tổng đài 18001096."
)
DATA_DELETED = "Đã xóa toàn bộ cuộc trò chuyện của ông/bà."

CLARIFY = "Ông/bà hỏi về việc nào dưới đây?"
CLARIFY_HOW = "Xin chọn một dòng hoặc trả lời bằng số."
CLARIFY_NONE = "Vâng. Ông/bà viết rõ hơn việc cần làm: giấy gì, cho ai, vì sao. Tôi tìm lại."
OTHER_FORMS = "Nếu ông/bà hỏi trường hợp khác, xin chọn bên dưới."
MORE = "Xem thêm ở nguồn kèm theo."

ONLINE_YES = "được, tại Cổng Dịch vụ công quốc gia dichvucong.gov.vn, đăng nhập bằng tài khoản VNeID"
RECORD_SAYS = "Nguồn ghi"
FEE_NOT_PUBLISHED = (
    "cơ sở dữ liệu chưa công bố mức thu; xin hỏi Trung tâm Phục vụ hành chính công hoặc tổng đài 18001096 trước khi nộp"
)
TIME_NOT_PUBLISHED = "cơ sở dữ liệu chưa ghi số ngày cụ thể; xin hỏi khi nộp hồ sơ và xem giấy hẹn"
DOSSIER_NOT_PUBLISHED = (
    "cơ sở dữ liệu chưa ghi thành phần hồ sơ; xin hỏi Trung tâm Phục vụ hành chính công trước khi đi"
)
PLACE_NOT_PUBLISHED = "nguồn không ghi địa chỉ riêng; nộp tại Trung tâm Phục vụ hành chính công nơi có thẩm quyền"
PROXY_NOT_STATED = "nguồn không ghi; xin hỏi Trung tâm Phục vụ hành chính công hoặc tổng đài 18001096 trước khi đi"
BENEFIT_NOT_STATED = "nguồn không ghi số tiền; xin hỏi Trung tâm Phục vụ hành chính công hoặc tổng đài 18001096"
DEADLINE_NOT_STATED = "nguồn không ghi người dân phải nộp trước ngày nào; xin hỏi tổng đài 18001096 để khỏi trễ"
VALIDITY_NOT_STATED = "nguồn không ghi; xin xem ngày hết hạn trên giấy hoặc hỏi nơi cấp"
FEE_DOUBTFUL = "nguồn ghi “{fee}”, con số này có thể ghi thiếu; xin hỏi lại trước khi nộp"
ONLY_WAYS = "nguồn chỉ ghi: {ways}"
NO_CONDITIONS = "nguồn không nêu yêu cầu, điều kiện riêng"
NOT_STATED = "nguồn không ghi"
AS_OF = "Dữ liệu cập nhật ngày {date}."
BLANK = {
    "signer": "Bản đang lưu của văn bản này không ghi tên người ký; xin hỏi Văn phòng HĐND và UBND.",
    "number": "Bản đang lưu của văn bản này không ghi số; xin hỏi Văn phòng HĐND và UBND.",
    "date": "Bản đang lưu của văn bản này không ghi ngày ban hành; xin hỏi Văn phòng HĐND và UBND.",
}
NOT_TOLD = {
    "share": "Văn bản có nhắc tới việc này nhưng không ghi tỷ lệ; xin hỏi Văn phòng HĐND và UBND.",
    "amount": "Văn bản có nhắc tới việc này nhưng không ghi số tiền; xin hỏi Văn phòng HĐND và UBND.",
    "month": "Văn bản có nhắc tới việc này nhưng không ghi thời hạn; xin hỏi Văn phòng HĐND và UBND.",
    "telephone": "Văn bản có nhắc tới việc này nhưng không ghi số điện thoại; xin hỏi Văn phòng HĐND và UBND.",
}
NOT_FOUND_IN_PLAN = "văn bản không ghi"

ENGLISH_INTRO = "I answer in Vietnamese, but this is the procedure that fits your question:"
ENGLISH_NONE = "I can only look up Vietnamese administrative procedures. Please ask in Vietnamese, or call the public-service line 18001096."
ENGLISH_GREETING = "Hello! I look up Vietnamese administrative procedures for this ward. Ask, for example: “how do I register a birth?”"
ENGLISH_EMERGENCY = "In an emergency call 113 (police), 114 (fire, rescue), 115 (ambulance) or 111 (child protection)."
ENGLISH_REFUSED = "I cannot help with this. I can only look up administrative procedures."
ENGLISH_SEE = "Details (in Vietnamese) are in the source. Public-service help line: 18001096."

# channels
SAMPLE_QUESTIONS = (
    "Đăng ký khai sinh cần giấy tờ gì?",
    "Cấp lại thẻ căn cước mất bao lâu?",
    "Nộp phí, lệ phí trực tuyến thế nào?",
)
WELCOME = "Xin chào ông/bà! " + AI_NOTICE + "\nÔng/bà cứ viết việc cần hỏi, có dấu hay không dấu đều được. Ví dụ:"
COMMANDS_HELP = (
    "Ông/bà viết câu hỏi như nói chuyện, ví dụ: “làm lại khai sinh cần gì”.\n"
    "• Gặp người: nhắn “gặp cán bộ”.\n"
    "• Xóa cuộc trò chuyện: nhắn “XÓA DỮ LIỆU”.\n"
    "• Khẩn cấp: gọi 113, 114, 115."
)
ASK_PROCEDURE = "Ông/bà viết tên việc cần làm, ví dụ: “đăng ký tạm trú”, “cấp lại khai sinh”."
ASK_UNIT = "Ông/bà viết việc cần biết ai làm, ví dụ: “đơn vị nào chủ trì tuyên truyền cải cách hành chính”."
ATTACHMENT = (
    "Tôi chưa đọc được ảnh, tệp, ghi âm hay nhãn dán, và không tải về. "
    "Ông/bà viết câu hỏi bằng chữ giúp tôi. Xin đừng gửi ảnh giấy tờ tùy thân ở đây."
)
LOCATION = "Tôi không dùng vị trí của ông/bà. Cần tìm nơi nộp hồ sơ, ông/bà viết tên thủ tục, tôi chỉ nơi nộp."
FORM_SENT = "Tôi không nhận và không lưu thông tin cá nhân qua biểu mẫu. Ông/bà cần hỏi gì, cứ viết bằng chữ."
STALE_OPTION = "Lựa chọn này đã cũ. Ông/bà viết lại câu hỏi giúp tôi."
SEE_SOURCE = "Xem nguồn"
SOURCES = "Nguồn:"
SHORTENED = "… Xem đầy đủ ở nguồn."
CHOOSE_BY_NUMBER = "Trả lời bằng số để chọn."
RATE_GOOD, RATE_BAD = "👍 Hữu ích", "👎 Chưa đúng"
RATE_BY_TEXT = "Ông/bà thấy câu trả lời thế nào? Nhắn 👍 hoặc 👎."
RATED = "Cảm ơn ông/bà đã góp ý."
RATE_WHY = "Cảm ơn ông/bà. Câu trả lời chưa được ở điểm nào?"
RATE_REASONS = ("Sai nội dung", "Thiếu thông tin", "Khó hiểu", "Không đúng việc tôi hỏi")
TICKET_OPENED = (
    "Tôi đã chuyển cho cán bộ, mã yêu cầu {code}. Cán bộ trả lời ở đây trong giờ làm việc: {hours}. "
    "Trong lúc chờ tôi tạm ngừng trả lời."
)
TICKET_AFTER_FAILURES = "Tôi chưa giúp được ông/bà hai lần liền nên nhờ cán bộ. "
TICKET_WAITING = "Yêu cầu {code} đang chờ cán bộ; giờ làm việc: {hours}."
RESUME = "Hỏi tiếp trợ lý"
RESUMED = "Vâng, ông/bà cứ hỏi. Cán bộ vẫn giữ yêu cầu {code}."
TICKET_NOTICE = (
    "Yêu cầu {code} ({channel}): người dân cần gặp cán bộ.\nCâu hỏi gần nhất: {question}\nTrả lời: /tra {code} nội dung"
)
TICKET_REPLY = "Cán bộ trả lời yêu cầu {code}:\n{text}"
TICKET_CLOSED = "Đã gửi trả lời và đóng yêu cầu {code}. Trợ lý trả lời người dân trở lại."
TICKET_UNKNOWN = "Không có yêu cầu {code} đang mở. Xem lại mã trong tin báo."
TICKET_USAGE = "Cách trả lời: /tra MÃ nội dung, ví dụ: /tra K7M2 Mời ông/bà đến bàn số 3."
TOKEN_ALARM = "Quyền gửi tin của Zalo OA sắp hết hoặc đã mất: {reason}. Người quản trị chạy: motcua zalo login"
