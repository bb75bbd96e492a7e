"""Labels of the door: signing in, one's own account, refusals. Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "sign_in": ("Đăng nhập", "Sign in"),
    "sign_out": ("Đăng xuất", "Sign out"),
    "trial": ("Chế độ dùng thử", "Trial mode"),
    "trial_hint": (
        "Đang dùng thử, không cần tài khoản: chỉ máy này mở được trang.",
        "On trial without an account: only this machine can open the page.",
    ),
    "account": ("Tài khoản", "Account"),
    "account_name": ("Tên tài khoản", "Account name"),
    "password": ("Mật khẩu", "Password"),
    "forgotten_password": (
        "Quên mật khẩu hoặc chưa có tài khoản? Hãy nhờ quản trị viên.",
        "Forgotten password, or no account yet? Ask your administrator.",
    ),
    "sign_on": ("Đăng nhập một lần của cơ quan", "Sign in with the office's account"),
    "ask_without_account": ("Hỏi thử không cần tài khoản", "Try asking without an account"),
    "setup_title": ("Tạo quản trị viên đầu tiên", "Create the first administrator"),
    "setup_intro": (
        "Kho này chưa có quản trị viên. Người tạo tài khoản này được nạp báo cáo, quản lý người "
        "dùng và đánh giá. Mã trong địa chỉ chỉ dùng được một lần.",
        "Nobody manages this library yet. This account may add reports, manage people and "
        "evaluate. The code in the address works once.",
    ),
    "setup_create": ("Tạo tài khoản", "Create account"),
    "setup_closed": (
        "Mã này không dùng được, hoặc kho đã có quản trị viên. Khi chưa có ai quản trị, mỗi lần "
        "khởi động chương trình in ra một mã mới.",
        "This code does not work, or there is an administrator already. As long as there is "
        "none, each start of the program prints a new code.",
    ),
    "new_password": ("Mật khẩu mới", "New password"),
    "repeat_password": ("Gõ lại mật khẩu mới", "New password again"),
    "current_password": ("Mật khẩu hiện tại", "Current password"),
    "password_rule": (
        "Ít nhất 10 ký tự; vài từ dễ nhớ ghép lại là tốt.",
        "At least 10 characters; a few words in a row are good.",
    ),
    "change_password": ("Đổi mật khẩu", "Change password"),
    "password_changed": (
        "Đã đổi mật khẩu. Những nơi khác đang mở đã được đăng xuất.",
        "The password is changed. All other places are signed out.",
    ),
    "must_change": (
        "Mật khẩu này do quản trị viên đặt. Hãy đổi mật khẩu rồi tiếp tục.",
        "This password was set by an administrator. Change it to go on.",
    ),
    "signed_in_at": (
        "Tài khoản đang mở ở {count} nơi, kể cả nơi này.",
        "Signed in at {count} places, this one included.",
    ),
    "sign_out_everywhere": ("Đăng xuất ở mọi nơi", "Sign out everywhere"),
    "roles": ("Vai trò", "Roles"),
    "role_official": ("Cán bộ", "Official"),
    "role_admin": ("Quản trị", "Administrator"),
    "role_evaluator": ("Đánh giá", "Evaluator"),
    "session_over": (
        "Phiên đăng nhập đã hết. Câu hỏi vẫn còn trong ô: đăng nhập lại ở thẻ mới rồi gửi lại.",
        "Your session is over. Your question is still in the box: sign in again in a new tab, "
        "then send it again.",
    ),
    "connection_lost": (
        "Mất kết nối với máy chủ. Những gì đã gõ vẫn còn; trang tự mở lại khi có kết nối.",
        "The connection to the server is lost. What you typed is kept; the page opens again by "
        "itself once the server answers.",
    ),
    "sign_in_first": ("Hãy đăng nhập trước.", "Sign in first."),
    "sign_in_again": ("Đăng nhập lại", "Sign in again"),
    "page_over": (
        "Trang này được mở dưới tên khác. Hãy chép câu hỏi rồi tải lại trang.",
        "This page was opened by somebody else. Copy your question and reload.",
    ),
    "reload": ("Tải lại", "Reload"),
    "refused_title": ("Không thực hiện được", "Not possible"),
    "forbidden": (
        "Tài khoản của bạn không có vai trò cho trang này. Hãy nhờ quản trị viên nếu cần.",
        "Your account has no role for this page. Ask your administrator if you need it.",
    ),
    "wrong_host": (
        "Tên máy trong địa chỉ không nằm trong danh sách được phép (allowed_hosts).",
        "The host name in the address is not an allowed one (allowed_hosts).",
    ),
    "other_site": (
        "Yêu cầu này không đến từ trang Học Hỏi nên không được thực hiện.",
        "This request does not come from a page of Học Hỏi, so it was not carried out.",
    ),
    "form_expired": (
        "Trang này đã cũ nên yêu cầu không được thực hiện. Hãy quay lại, tải lại trang rồi gửi "
        "lại.",
        "This page is too old, so nothing was done. Go back, reload it and send again.",
    ),
    "bad_form": ("Nội dung gửi lên không đọc được.", "What was sent cannot be read."),
    "too_large": ("Nội dung gửi lên quá dài.", "What was sent is too long."),
}
