"""Topics: the closed list, and which words tell them."""

from pathlib import Path

import pytest

from hochoi.language.topics import TopicTable

TABLE = TopicTable.read(Path("corpus/topics.toml"))
CODES = (
    "chuyen_doi_so cai_cach_hanh_chinh mot_cua dich_vu_cong_truc_tuyen chinh_quyen_dien_tu"
    " IOC_do_thi_thong_minh PAR_INDEX SIPAS DTI nhan_su_can_bo thi_dua_khen_thuong so_hoa_ho_so"
    " hai_cap kiem_soat_tthc to_chuc_bo_may ha_tang_so du_lieu_so de_an_06 phan_anh_hien_truong"
    " to_cong_nghe_so_cong_dong hoat_dong_hdnd phat_trien_kinh_te khac"
)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_are_the_closed_list() -> None:
    assert TABLE.codes == tuple(CODES.split())


def test_name_is_vietnamese() -> None:
    assert TABLE.name("hai_cap") == "Chính quyền địa phương 2 cấp"


def test_name_of_a_topic_that_is_no_more_is_its_code() -> None:
    assert TABLE.name("bo_sung_cu") == "bo_sung_cu"


@pytest.mark.parametrize(
    ("title", "body", "codes"),
    [
        ("Học tập mô hình một cửa", "", ("mot_cua",)),
        ("Tin", "Bàn về chuyển đổi số và Đề án 06.", ("chuyen_doi_so", "de_an_06")),
        ("Tin", "Công tác CĐS của tỉnh.", ("chuyen_doi_so",)),
        ("Tin", "Việc số hoá hồ sơ đất đai.", ("so_hoa_ho_so",)),  # the newer tone placement
        ("Tin", "Chỉ số chuyển đổi số (DTI) tăng.", ("DTI",)),
        ("Tin", "Trời đẹp.", ()),
    ],
)
def test_classify_tells_topics_by_their_cues(title: str, body: str, codes: tuple[str, ...]) -> None:
    assert TABLE.classify(title, body) == codes


def test_classify_word_for_titles_counts_in_the_title_only() -> None:
    assert TABLE.classify("Đoàn tỉnh bạn học cách số hóa", "") == ("so_hoa_ho_so",)
    assert TABLE.classify("Tin", "Người dân hài lòng.") == ()


def test_classify_cue_inside_a_word_does_not_count() -> None:
    assert TABLE.classify("Tin", "Phần mềm XDTIY.") == ()


def test_classify_general_topic_yields_to_its_special_case() -> None:
    body = "Công tác cải cách hành chính thể hiện qua PAR Index."
    assert TABLE.classify("Tin", body) == ("PAR_INDEX",)
    assert "cai_cach_hanh_chinh" in TABLE.classify("Cải cách hành chính", body)


def test_classify_weak_cues_add_up(tmp_path: Path) -> None:
    table = TopicTable.read(
        _written(tmp_path / "t.toml", '[a]\nname = "A"\nweak = ["lúa"]\nweak_weight = 0.5\n')
    )
    assert table.classify("Tin", "lúa") == ()
    assert table.classify("Tin", "lúa và lúa") == ("a",)
    assert table.classify("Mùa lúa", "") == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        '[a]\ncues = ["x"]\n',
        '[a]\nname = "A"\ncue = ["x"]\n',
        '[a]\nname = "A"\nweak_weight = 2.0\n',
    ],
)
def test_read_bad_topic_is_refused_with_its_code(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="topic a"):
        TopicTable.read(_written(tmp_path / "t.toml", text))
