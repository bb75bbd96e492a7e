"""Labels of the pages for administrators: accounts and the log. Vietnamese, English."""

from collections.abc import Mapping

ROLE_MISSING = "Hãy chọn ít nhất một vai trò."

LABELS: Mapping[str, tuple[str, str]] = {
    "admin_ways": ("Các trang quản trị", "Pages for administrators"),
    "admin_users": ("Người dùng", "People"),
    "admin_audit": ("Nhật ký", "Log"),
    # accounts
    "account_list": ("Danh sách tài khoản", "All accounts"),
    "account_state": ("Tình trạng", "State"),
    "account_since": ("Tạo lúc", "Created"),
    "account_origin": ("Xác thực bởi", "Vouched for by"),
    "origin_local": ("mật khẩu tại Học Hỏi", "password kept here"),
    "origin_proxy": ("máy chủ trung gian của cơ quan", "the office's proxy"),
    "origin_oidc": ("dịch vụ đăng nhập một lần", "the sign-on service"),
    "account_sessions": ("Số nơi đang mở", "Places signed in"),
    "account_add": ("Thêm tài khoản", "Add an account"),
    "account_add_hint": (
        "Mật khẩu đầu tiên được tạo ngẫu nhiên, hiện một lần để chuyển cho người dùng; họ phải "
        "đổi khi đăng nhập.",
        "A random first password is shown once for you to hand over; it must be changed at "
        "sign-in.",
    ),
    "account_set_roles": ("Lưu vai trò", "Save roles"),
    "account_new_password": ("Đặt lại mật khẩu", "Reset password"),
    "account_end_sessions": ("Đăng xuất ở mọi nơi", "Sign out everywhere"),
    "account_unlock": ("Mở khóa", "Unlock"),
    "account_enable": ("Cho dùng lại", "Enable"),
    "account_disable": ("Ngừng tài khoản", "Disable"),
    "account_changed": ("Đã lưu thay đổi.", "The change is saved."),
    "account_not_found": ("Không có tài khoản này.", "There is no such account."),
    "password_once": (
        "Mật khẩu đầu tiên, chỉ hiện một lần. Hãy chuyển cho người dùng ngay:",
        "The first password, shown this once. Hand it over now:",
    ),
    "state_active": ("Đang dùng", "Active"),
    "state_disabled": ("Đã ngừng", "Disabled"),
    "state_must_change": ("phải đổi mật khẩu", "must change password"),
    "state_locked": ("tạm khóa, còn {minutes} phút", "locked for {minutes} minutes"),
    # the log
    "audit_whole": (
        "Nhật ký nguyên vẹn: mọi dòng khớp với dòng trước nó. Giữ 12 tháng; không ghi nội dung "
        "câu hỏi.",
        "The log is whole: each line fits the one before. Kept for 12 months; holds no question.",
    ),
    "audit_broken": ("Nhật ký đã bị sửa bên ngoài chương trình:", "The log was tampered with:"),
    "audit_none": ("Không có dòng nào khớp.", "No line fits."),
    "audit_more": (
        "Chỉ hiện {count} dòng mới nhất; tệp CSV có đủ.",
        "The latest {count} lines only; the CSV file holds all.",
    ),
    "audit_export": ("Xuất CSV", "Export CSV"),
    "audit_filter": ("Lọc nhật ký", "Filter the log"),
    "audit_go": ("Lọc", "Filter"),
    "audit_since": ("Từ ngày", "From"),
    "audit_until": ("Đến hết ngày", "Up to and including"),
    "audit_number": ("Số", "Number"),
    "audit_at": ("Thời điểm", "When"),
    "audit_who": ("Ai", "Who"),
    "audit_address": ("Từ địa chỉ", "From"),
    "audit_what": ("Việc", "What"),
    "audit_object": ("Đối tượng", "Object"),
    "audit_result": ("Kết quả", "Result"),
    "audit_detail": ("Chi tiết", "Detail"),
    "audit_done": ("xong", "done"),
    "audit_refused": ("từ chối", "refused"),
    "audit_command_line": ("dòng lệnh", "command line"),
    "audit_setup_code": ("mã lần đầu", "setup code"),
    "audit_all": ("Mọi việc", "Everything"),
    "audit_sessions": ("Đăng nhập, đăng xuất", "Signing in and out"),
    "audit_accounts": ("Tài khoản", "Accounts"),
    "audit_reports": ("Báo cáo", "Reports"),
    "audit_account_add": ("Thêm tài khoản", "Account added"),
    "audit_account_roles": ("Đổi vai trò", "Roles changed"),
    "audit_account_disable": ("Ngừng tài khoản", "Account disabled"),
    "audit_account_enable": ("Cho dùng lại", "Account enabled"),
    "audit_account_password": ("Đặt mật khẩu", "Password set"),
    "audit_account_unlock": ("Mở khóa", "Unlocked"),
    "audit_account_setup": ("Tạo quản trị viên đầu tiên", "First administrator"),
    "audit_session_begin": ("Đăng nhập", "Signed in"),
    "audit_session_end": ("Đăng xuất", "Signed out"),
    "audit_session_end_all": ("Đăng xuất ở mọi nơi", "Signed out everywhere"),
    "audit_audit_export": ("Xuất nhật ký", "Log exported"),
}
