"""Accounts and the log on the pages for administrators, as a browser gets them."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hochoi.people.audit import Actor, verify_audit
from hochoi.people.person import Role
from tests.people_door import BY
from tests.ui.house import House, sign_in, token_in
from tests.ui.html_reading import elements
from ui.admin.audit_page import ACTION_LABELS

ROOT = Path(__file__).parents[3]
USERS, AUDIT = "/admin/users", "/admin/audit"


@pytest.fixture
def admin(house: House) -> TestClient:
    return house.browser("admin")


def post(client: TestClient, path: str, **data: str | list[str]) -> tuple[int, str]:
    token = token_in(client.get(path).text)
    response = client.post(path, data={"form_token": token, **data})
    return response.status_code, response.text


def first_password(html: str) -> str:
    found = re.search(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", html)
    assert found is not None
    return found[0]


def page_of(house: House, name: str) -> str:
    return f"{USERS}/{house.door.accounts.named(name).person_id}"


def test_users_list_names_every_account_with_its_roles(house: House, admin: TestClient) -> None:
    html = admin.get(USERS).text
    for account in house.door.accounts.all():
        assert account.name in html
    assert "Đánh giá" in html


def test_users_added_account_signs_in_with_the_password_shown_once(
    house: House, admin: TestClient
) -> None:
    status, html = post(admin, USERS, name="moi.1", role=["official", "evaluator"])
    assert status == 200
    password = first_password(html)
    assert password not in admin.get(page_of(house, "moi.1")).text
    client = house.browser()
    assert sign_in(client, "moi.1", password) == 303
    assert client.get("/visits").headers["location"] == "/account"
    assert house.door.accounts.named("moi.1").roles == {Role.OFFICIAL, Role.EVALUATOR}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "official", "role": ["official"]}, "Đã có tài khoản tên “official”."),
        ({"name": "hai chữ", "role": ["official"]}, "“hai chữ” không dùng được"),
        ({"name": "moi.2"}, "Hãy chọn ít nhất một vai trò."),
        ({"name": "", "role": ["official"]}, "không dùng được"),
    ],
)
def test_users_account_that_cannot_be_added_says_why(
    house: House, admin: TestClient, data: dict[str, str | list[str]], sentence: str
) -> None:
    before = house.door.accounts.all()
    status, html = post(admin, USERS, **data)
    assert (status, sentence in html) == (422, True)
    assert house.door.accounts.all() == before


def test_users_role_taken_away_counts_at_the_next_request(house: House, admin: TestClient) -> None:
    house.people.add("moi.3", Role.ADMIN, Role.OFFICIAL)
    client = house.browser()
    assert sign_in(client, "moi.3") == 303
    assert client.get(USERS).status_code == 200
    post(admin, page_of(house, "moi.3"), action="role", role=["official"])
    assert client.get(USERS).headers["location"].startswith("/login")
    assert sign_in(client, "moi.3") == 303
    assert client.get(USERS).status_code == 403


def test_users_disabled_account_is_out_and_comes_back(house: House, admin: TestClient) -> None:
    house.people.add("moi.4")
    client = house.browser()
    sign_in(client, "moi.4")
    post(admin, page_of(house, "moi.4"), action="disable")
    assert client.get("/visits").status_code == 303
    assert sign_in(client, "moi.4") == 401
    post(admin, page_of(house, "moi.4"), action="enable")
    assert sign_in(client, "moi.4") == 303


def test_users_locked_account_is_unlocked(house: House, admin: TestClient) -> None:
    house.people.add("moi.5")
    for _ in range(6):
        sign_in(house.browser(), "moi.5", "sai mật khẩu")
    assert "tạm khóa, còn 1 phút" in admin.get(page_of(house, "moi.5")).text
    assert sign_in(house.browser(), "moi.5") == 429
    post(admin, page_of(house, "moi.5"), action="unlock")
    assert sign_in(house.browser(), "moi.5") == 303


def test_users_new_password_ends_sessions_and_the_old_password(
    house: House, admin: TestClient
) -> None:
    house.people.add("moi.6")
    client = house.browser()
    sign_in(client, "moi.6")
    _, html = post(admin, page_of(house, "moi.6"), action="password")
    assert client.get("/visits").status_code == 303
    assert sign_in(client, "moi.6") == 401
    assert sign_in(client, "moi.6", first_password(html)) == 303


def test_users_last_administrator_stays(house: House, admin: TestClient) -> None:
    for account in house.door.accounts.all():
        if account.name != "admin" and Role.ADMIN in account.roles and not account.is_disabled:
            house.door.accounts.disable(account, BY)
    status, html = post(admin, page_of(house, "admin"), action="disable")
    assert (status, "quản trị viên cuối cùng" in html) == (422, True)
    assert admin.get(USERS).status_code == 200


@pytest.mark.parametrize(
    "data", [{"action": "explode"}, {"action": "role", "role": ["king"]}, {"action": "role"}]
)
def test_users_action_that_no_page_offers_does_nothing(
    house: House, admin: TestClient, data: dict[str, str | list[str]]
) -> None:
    status, _ = post(admin, page_of(house, "official"), **data)
    assert status in (400, 422)
    assert house.door.accounts.named("official").roles == {Role.OFFICIAL}


def test_users_unknown_account_is_a_page_that_says_so(admin: TestClient) -> None:
    response = admin.get(f"{USERS}/nobody")
    assert (response.status_code, "Không có tài khoản này." in response.text) == (404, True)


@pytest.mark.parametrize("who", [None, "official", "evaluator"])
def test_users_nobody_else_sees_or_changes_anything(house: House, who: str | None) -> None:
    client = house.browser(who)
    token = token_in(client.get("/account" if who else "/login").text)
    for path in (USERS, page_of(house, "official"), AUDIT, "/admin/audit.csv", "/admin"):
        assert client.get(path).status_code in (303, 403)
        data = {"form_token": token, "action": "role", "role": "admin", "name": "x"}
        assert client.post(path, data=data).status_code in (401, 403)
    assert house.door.accounts.named("official").roles == {Role.OFFICIAL}


def test_audit_page_shows_events_in_words_and_that_the_log_is_whole(
    house: House, admin: TestClient
) -> None:
    house.people.add("moi.7")
    html = admin.get(AUDIT).text
    assert "Nhật ký nguyên vẹn" in html
    assert "Thêm tài khoản" in html
    assert "15/11/2023" in html or "/11/2023" in html


def test_audit_hostile_text_is_shown_as_text(house: House, admin: TestClient) -> None:
    house.door.audit.write(Actor("<script>alert(1)</script>", "<b>"), "x.y", '"><img src=x>')
    html = admin.get(AUDIT).text
    assert elements(html, "img") == []
    assert "<script>alert" not in html


def test_audit_filters_by_person_kind_and_day(house: House, admin: TestClient) -> None:
    house.door.audit.write(Actor("lọc.thử", ""), "report.add", "báo cáo lọc")
    here = admin.get(AUDIT, params={"who": "lọc.thử"}).text
    assert "báo cáo lọc" in here
    assert "báo cáo lọc" not in admin.get(AUDIT, params={"action": "account."}).text
    assert "Không có dòng nào khớp" in admin.get(AUDIT, params={"since": "01/01/2999"}).text
    assert "báo cáo lọc" in admin.get(AUDIT, params={"since": "not a day"}).text


def test_audit_file_holds_events_and_no_formula(house: House, admin: TestClient) -> None:
    house.door.audit.write(Actor("=1+1", "@x"), "report.add", "+cmd", detail="-2")
    response = admin.get("/admin/audit.csv", params={"who": "=1+1"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Số,Thời điểm,Ai")
    assert ",'=1+1,'@x,report.add,'+cmd,xong,'-2" in text


def test_audit_is_whole_after_all_of_this_and_says_when_it_is_not(
    house: House, admin: TestClient
) -> None:
    assert verify_audit(house.people.db) == ()
    with house.people.db.writing() as db:
        db.execute("UPDATE audit SET who = who || 'x' WHERE number = 3")
    assert "Nhật ký đã bị sửa" in admin.get(AUDIT).text
    with house.people.db.writing() as db:
        db.execute("UPDATE audit SET who = substr(who, 1, length(who) - 1) WHERE number = 3")
    assert verify_audit(house.people.db) == ()


def test_audit_every_action_that_pages_write_has_words() -> None:
    written: set[str] = set()
    for folder in ("ui", "hochoi"):
        for path in (ROOT / folder).rglob("*.py"):
            for call in re.findall(r"audit\.write\((.{0,160})", path.read_text("utf-8"), re.S):
                written |= set(re.findall(r'^[^"]*"([a-z_]+\.[a-z_]+)"', call))
    assert len(written) > 15
    assert written - ACTION_LABELS.keys() == set()
