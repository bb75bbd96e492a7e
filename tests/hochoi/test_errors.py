"""Every error is one of ours, says what it met, and stands in the docstring of its module."""

import inspect
import pickle

import pytest

from hochoi import errors
from hochoi.errors import HocHoiError

CLASSES = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)
]


@pytest.mark.parametrize("kind", CLASSES)
def test_error_class_descends_from_the_base_and_is_in_the_tree(kind: type[Exception]) -> None:
    assert issubclass(kind, HocHoiError)
    assert kind.__name__ in (errors.__doc__ or "")


def example(names: list[str]) -> dict[str, object]:
    numbers = {"limit": 10, "actual": 20} if "part" in names else {}
    given = dict.fromkeys(names, "x") | ({"rows": ("x",)} if "rows" in names else {})
    return {**given, **numbers}


@pytest.mark.parametrize("kind", [k for k in CLASSES if errors.IngestError in k.__mro__[1:]])
def test_error_of_a_file_comes_back_from_another_process(kind: type[Exception]) -> None:
    made = kind(**example(list(inspect.signature(kind).parameters)))
    back = pickle.loads(pickle.dumps(made))
    assert (type(back), str(back), back.__dict__) == (kind, str(made), made.__dict__)


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not HocHoiError])
def test_error_keeps_what_it_is_given_as_attributes(kind: type[Exception]) -> None:
    names = list(inspect.signature(kind).parameters)
    given = example(names)
    made = kind(**given)
    kept = {name: getattr(made, name) for name in names if name != "message"}
    assert kept == {name: value for name, value in given.items() if name != "message"}


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (errors.SettingsError("port", "x", "a number"), "setting port is 'x', expected a number"),
        (errors.StoreLockedError("/v", "serving, pid 7"), "/v: in use by serving, pid 7"),
        (
            errors.LimitExceededError("a.docx", "50 MB", "71.3 MB"),
            "a.docx: larger than the limit of 50 MB (71.3 MB)",
        ),
        (errors.TestSetError("t", ["line 1: a", "line 9: b"]), "t: line 1: a; line 9: b"),
    ],
)
def test_error_message_names_the_value(error: HocHoiError, message: str) -> None:
    assert str(error) == message
