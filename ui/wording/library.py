"""Labels of the pages on which reports are added, reviewed and removed: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "admin_upload": ("Nạp báo cáo", "Add reports"),
    "admin_drafts": ("Chờ duyệt", "Waiting"),
    "admin_reports": ("Kho báo cáo", "Library"),
    "admin_health": ("Tình trạng", "Health"),
    # upload
    "upload_rules": (
        "Mỗi tệp tối đa {mb} MB, mỗi lượt tối đa {files} tệp. Nhận PDF, Word, Excel, ODT, RTF, "
        "CSV, HTML, TXT, Markdown, thư (EML), ảnh quét và ZIP; nhận ra loại theo nội dung tệp, "
        "không theo tên.",
        "At most {mb} MB a file and {files} files at a time. PDF, Word, Excel, ODT, RTF, CSV, "
        "HTML, TXT, Markdown, mail (EML), scans and ZIP are read, told apart by content, not by "
        "name.",
    ),
    "upload_files": ("Chọn tệp, hoặc kéo tệp thả vào đây", "Choose files, or drop them here"),
    "upload_review": (
        "Giữ lại để duyệt trước khi công bố",
        "Hold everything for review before it is published",
    ),
    "upload_send": ("Nạp", "Add"),
    "upload_sending": ("Đang gửi {percent} %", "Sending {percent} %"),
    "upload_lost": (
        "Mất kết nối khi đang gửi. Các tệp chưa gửi xong vẫn còn trong ô chọn; hãy bấm Nạp lại.",
        "The connection was lost while sending. The files are still chosen; press Add again.",
    ),
    "upload_none": ("Hãy chọn ít nhất một tệp.", "Choose at least one file."),
    "upload_too_many": (
        "Mỗi lượt nhận tối đa {files} tệp.",
        "At most {files} files are taken at a time.",
    ),
    "upload_too_large": (
        "Một lượt nhận tối đa {mb} MB. Hãy chia thành nhiều lượt.",
        "At most {mb} MB are taken at a time. Send them in several turns.",
    ),
    "upload_held_info": (
        "Báo cáo có số định danh, số điện thoại cá nhân hay dấu mật, hoặc giống một báo cáo đã có, "
        "luôn được giữ lại chờ duyệt.",
        "Reports with identity or private phone numbers, a secrecy stamp, or that resemble another "
        "one are always held for review.",
    ),
    # jobs
    "jobs": ("Các lượt nạp", "Turns"),
    "jobs_none": ("Chưa có lượt nạp nào.", "Nothing has been added yet."),
    "job_title": ("Lượt {number}: {done} trên {all} tệp", "Turn {number}: {done} of {all} files"),
    "job_by": ("{who}, {when}", "{who}, {when}"),
    "job_left": ("còn khoảng {minutes} phút", "about {minutes} min left"),
    "job_left_little": ("còn chưa đến một phút", "less than a minute left"),
    "job_waits": (
        "Đang chờ: kho do {owner} sử dụng. Việc nạp tự tiếp tục khi bên kia xong.",
        "Waiting: the library is in use by {owner}. It goes on by itself.",
    ),
    "job_cancel": ("Hủy phần còn chờ", "Cancel what waits"),
    "job_retry": ("Thử lại tệp bị từ chối", "Try refused files again"),
    "file_received": ("đã nhận", "received"),
    "file_parsed": ("đã đọc", "read"),
    "file_described": ("đang nhúng {done} trên {all} đoạn", "embedding {done} of {all} passages"),
    "file_embedded": ("đang công bố", "publishing"),
    "file_published": ("đã công bố", "published"),
    "file_draft": ("chờ duyệt", "held for review"),
    "file_already_present": ("đã có trong kho", "already there"),
    "file_refused": ("bị từ chối", "refused"),
    "file_cancelled": ("đã hủy", "cancelled"),
    "file_name": ("Tệp", "File"),
    "file_state": ("Trạng thái", "State"),
    # drafts
    "drafts_none": ("Không có báo cáo nào chờ duyệt.", "No report is waiting."),
    "list_deeds": ("Việc có thể làm", "What can be done"),
    "draft_report": ("Báo cáo", "Report"),
    "draft_why": ("Vì sao chờ", "Why it waits"),
    "draft_since": ("Từ lúc", "Since"),
    "held_review": ("theo yêu cầu của người nạp", "its sender asked for review"),
    "held_personal_data": (
        "có số điện thoại hoặc số định danh cá nhân",
        "it has phone or identity numbers of persons",
    ),
    "held_secret_stamp": ("có dấu chỉ độ mật", "it has a secrecy stamp"),
    "held_new_version": (
        "có vẻ là bản mới của một báo cáo đã có",
        "it seems to be a new version of a report",
    ),
    "draft_text": ("Văn bản của báo cáo", "Text of the report"),
    "draft_fields": ("Các trường của chuyến", "Visit fields"),
    "draft_fields_hint": (
        "Mỗi giá trị kèm câu mà nó được đọc ra. Để trống nghĩa là báo cáo không nêu. Nhiều giá trị "
        "cách nhau bằng dấu chấm phẩy. Công bố thì chỗ đã sửa được lưu theo.",
        "Each value stands with the sentence it was read from. Empty means not stated. Several "
        "values are separated by semicolons. Publishing saves what was corrected.",
    ),
    "field_sentence": ("Đọc từ", "Read from"),
    "field_corrected": ("do {by} sửa", "corrected by {by}"),
    "draft_keep": ("Lưu sửa đổi", "Save corrections"),
    "draft_publish": ("Công bố", "Publish"),
    "draft_replace": ("Công bố, thay bản cũ", "Publish in place of the old one"),
    "draft_keep_both": ("Công bố, giữ cả hai", "Publish, keep both"),
    "draft_discard": ("Xóa bản chờ này…", "Delete this draft…"),
    "draft_discard_hint": (
        "Bản chờ và tệp gốc của nó bị xóa, không lấy lại được.",
        "The draft and its original are deleted for good.",
    ),
    "draft_discard_yes": ("Xóa hẳn", "Delete for good"),
    "draft_discarded": ("Đã xóa bản chờ.", "The draft was deleted."),
    "draft_published": ("Đã công bố:", "Published:"),
    "draft_marks": ("Cần xem kỹ trước khi công bố", "To look at before it is published"),
    "mark_phone_number": ("số điện thoại cá nhân", "private phone number"),
    "mark_identity_number": ("số định danh cá nhân", "identity number"),
    "mark_secret_stamp": ("dấu chỉ độ mật", "secrecy stamp"),
    "draft_kin": (
        "Giống {percent} % câu chữ với báo cáo",
        "It shares {percent} % of its wording with",
    ),
    "draft_changes": ("Những chỗ khác nhau", "Where they differ"),
    "change_before": ("Bản đang công bố", "Published"),
    "change_after": ("Bản chờ này", "This draft"),
    "draft_warnings": ("Lưu ý khi đọc tệp", "Warnings of reading"),
    "draft_saved": ("Đã lưu.", "Saved."),
    # library
    "reports_search": ("Tìm theo tên, tệp, tỉnh", "Find by title, file, province"),
    "reports_go": ("Tìm", "Find"),
    "library_count": ("{count} báo cáo", "{count} reports"),
    "report_versions": ("Bản", "Version"),
    "report_edit": ("Sửa trường", "Correct fields"),
    "report_remove": ("Gỡ", "Remove"),
    "report_remove_title": ("Gỡ báo cáo này?", "Remove this report?"),
    "report_remove_hint": (
        "Báo cáo, các bản cũ, các đoạn và tệp gốc bị xóa. Trích dẫn trong các cuộc trò chuyện cũ "
        "sẽ hiện là “đã gỡ”. Không thể hoàn lại, trừ khi có bản sao lưu.",
        "The report, its older versions, passages and the original are deleted. Citations in old "
        "conversations will say “removed”. Only a backup can bring it back.",
    ),
    "report_remove_yes": ("Gỡ hẳn", "Remove for good"),
    "report_remove_no": ("Thôi, giữ lại", "No, keep it"),
    "removed_done": ("Đã gỡ báo cáo.", "The report was removed."),
    # health
    "health_library": ("Kho", "Library"),
    "health_reports": ("Báo cáo đã công bố", "Published reports"),
    "health_passages": ("Đoạn văn bản", "Passages"),
    "health_waiting": ("Chờ duyệt", "Waiting for review"),
    "health_queue": ("Tệp chờ nạp", "Files in line"),
    "health_index": ("Chỉ mục", "Index"),
    "health_index_fine": ("khớp với kho", "agrees with the library"),
    "health_record": ("Dung lượng kho", "Size of the record"),
    "health_disk": ("Ổ đĩa còn trống", "Free disk space"),
    "health_models": ("Mô hình", "Models"),
    "health_embedding": ("Nhúng", "Embedding"),
    "health_reranker": ("Xếp hạng lại", "Re-ranker"),
    "health_generator": ("Soạn câu", "Generator"),
    "health_version": ("Phiên bản", "Version"),
    "health_check": ("Kiểm tra toàn bộ", "Check everything"),
    "health_check_hint": (
        "So kho, tệp gốc, chỉ mục và nhật ký với nhau. Kho lớn cần vài phút.",
        "Compares record, originals, index and log. A large library takes some minutes.",
    ),
    "health_check_fine": ("Mọi thứ khớp nhau.", "Everything agrees."),
    "health_check_bad": ("Có {count} chỗ không khớp:", "{count} things do not agree:"),
    "health_backup": ("Tải bản sao lưu", "Download a backup"),
    "health_backup_hint": (
        "Một tệp chứa kho, tài khoản, cuộc trò chuyện và nhật ký. Giữ ở nơi an toàn; khôi phục "
        "bằng lệnh “hochoi restore”.",
        "One file with library, accounts, conversations and log. Keep it safe; “hochoi restore” "
        "brings it back.",
    ),
    "health_settings": ("Thiết lập", "Settings"),
    "health_settings_hint": (
        "Đổi trong tệp settings.toml của thư mục dữ liệu rồi khởi động lại.",
        "Change them in settings.toml of the data directory and start again.",
    ),
    "setting_name": ("Tên", "Name"),
    "setting_value": ("Giá trị", "Value"),
    "setting_range": ("Khoảng cho phép", "Range"),
}
