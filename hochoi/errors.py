"""Every error Học Hỏi raises on purpose, divided by what the caller does next.

HocHoiError                      carries plain attributes; shells turn them into Vietnamese
|- SettingsError                  the administrator edits a setting      key, value, expected
|- QuestionError                  the asker changes the question         reason, limit
|- NotFoundError                  the caller names something that is not here   what, name, nearest
|- CorrectionError                the admin types another value          field, value, expected
|- DecisionNeededError            the admin says what shall happen        report_id, other_id
|- BackupError                    choose another file                    path, reason
|- IngestError                    the admin fixes or skips one file      file_name
|  |- MissingFileError
|  |- UnsupportedFormatError                                             detected
|  |- UnreadableFileError                                                reason
|  |  |- PasswordNeededError
|  |  `- ReaderEndedError
|  |- ToolMissingError            the admin installs a program           tool
|  |- EmptyTextError
|  |- LimitExceededError                                                 limit, actual
|  |- TooManyPartsError                                                  part, limit, actual
|  |- ReadingTimeError                                                   seconds
|  `- ReadingMemoryError                                                 megabytes
|- StoreError                     stop and check the machine             path, reason
|  |- StoreLockedError            another writer or server is alive      owner
|  |- StoreUnwritableError
|  `- SchemaTooNewError                                                  found, supported
|- ServerPortError                choose another port                    host, port
|- AccountError                   the admin chooses otherwise            name
|  |- AccountNameError
|  |- AccountExistsError
|  `- LastAdminError
|- PasswordError                  the person chooses another password    reason
|- LoginRefusedError              the person tries again
|- LoginDelayedError              the person waits                       wait_s
|- SignOnError                    the person signs in another way        reason
|- ModelError                     choose or restore a model              model, reason
|  `- ModelMissingError
`- TestSetError                   the evaluator fixes rows               path, rows
"""

from collections.abc import Sequence


class HocHoiError(Exception):
    """Base of all errors raised on purpose."""


class SettingsError(HocHoiError):
    """A setting is unknown or out of range."""

    def __init__(self, key: str, value: str, expected: str) -> None:
        super().__init__(f"setting {key} is {value!r}, expected {expected}")
        self.key, self.value, self.expected = key, value, expected


class QuestionError(HocHoiError):
    """A question cannot be searched for: empty or too long."""

    def __init__(self, reason: str, limit: int) -> None:
        super().__init__(f"question is {reason} (limit {limit} characters)")
        self.reason, self.limit = reason, limit


class NotFoundError(HocHoiError):
    """Something named by the caller is not in this library."""

    def __init__(self, what: str, name: str, nearest: str | None = None) -> None:
        hint = f"; did you mean {nearest!r}?" if nearest is not None else ""
        super().__init__(f"no {what} {name!r} in this library{hint}")
        self.what, self.name, self.nearest = what, name, nearest


class CorrectionError(HocHoiError):
    """A field of a visit cannot hold what a person typed."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"field {field} cannot be {value!r}, expected {expected}")
        self.field, self.value, self.expected = field, value, expected


class DecisionNeededError(HocHoiError):
    """A draft seems to be a new version; a person must say whether it replaces the old one."""

    def __init__(self, report_id: str, other_id: str) -> None:
        super().__init__(
            f"report {report_id} seems to be a new version of {other_id}:"
            " say whether it replaces it (--replace) or both stay (--keep-both)"
        )
        self.report_id, self.other_id = report_id, other_id


class BackupError(HocHoiError):
    """A backup cannot be written, or what is given is no sound backup."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class IngestError(HocHoiError):
    """One file was refused; the others go on."""

    def __init__(self, file_name: str, message: str) -> None:
        super().__init__(f"{file_name}: {message}")
        self.file_name = file_name

    def __reduce__(self) -> tuple[type["IngestError"], tuple[object, ...]]:
        """Travel between processes: every class below keeps its arguments, in their order."""
        return type(self), tuple(self.__dict__.values())


class MissingFileError(IngestError):
    """The path does not exist."""

    def __init__(self, file_name: str) -> None:
        super().__init__(file_name, "no such file or folder")


class UnsupportedFormatError(IngestError):
    """The content is of a kind that no reader handles."""

    def __init__(self, file_name: str, detected: str) -> None:
        super().__init__(file_name, f"{detected} is not a format Học Hỏi reads")
        self.detected = detected


class UnreadableFileError(IngestError):
    """The file is damaged, protected or in no known encoding."""

    def __init__(self, file_name: str, reason: str) -> None:
        super().__init__(file_name, f"cannot be read: {reason}")
        self.reason = reason


class PasswordNeededError(UnreadableFileError):
    """The file opens only with a password."""

    def __init__(self, file_name: str, reason: str = "it needs a password") -> None:
        super().__init__(file_name, reason)


class ReaderEndedError(UnreadableFileError):
    """The file ended the process that read it."""

    def __init__(self, file_name: str, reason: str = "its reader ended unexpectedly") -> None:
        super().__init__(file_name, reason)


class ToolMissingError(IngestError):
    """The format needs a program that is not installed on this machine."""

    def __init__(self, file_name: str, tool: str) -> None:
        super().__init__(file_name, f"needs the program {tool}, which is not installed")
        self.tool = tool


class EmptyTextError(IngestError):
    """Nothing readable is left after extraction."""

    def __init__(self, file_name: str) -> None:
        super().__init__(file_name, "holds no text")


class LimitExceededError(IngestError):
    """The file is larger than the administrator allows."""

    def __init__(self, file_name: str, limit: str, actual: str) -> None:
        super().__init__(file_name, f"larger than the limit of {limit} ({actual})")
        self.limit, self.actual = limit, actual


class TooManyPartsError(IngestError):
    """The file holds more pages, entries, ... than one report can have."""

    def __init__(self, file_name: str, part: str, limit: int, actual: int) -> None:
        super().__init__(file_name, f"holds {actual:,} {part}, more than the limit of {limit:,}")
        self.part, self.limit, self.actual = part, limit, actual


class ReadingTimeError(IngestError):
    """Reading the file took too long."""

    def __init__(self, file_name: str, seconds: int) -> None:
        super().__init__(file_name, f"could not be read within {seconds} seconds")
        self.seconds = seconds


class ReadingMemoryError(IngestError):
    """Reading the file took too much memory."""

    def __init__(self, file_name: str, megabytes: int) -> None:
        super().__init__(file_name, f"could not be read within {megabytes} MB of memory")
        self.megabytes = megabytes


class StoreError(HocHoiError):
    """The record cannot be used as it is."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class StoreLockedError(StoreError):
    """Another process writes to, or serves, this data directory."""

    def __init__(self, path: str, owner: str) -> None:
        super().__init__(path, f"in use by {owner}")
        self.owner = owner


class StoreUnwritableError(StoreError):
    """The data directory cannot be created or written."""


class SchemaTooNewError(StoreError):
    """The record was written by a newer Học Hỏi."""

    def __init__(self, path: str, found: int, supported: int) -> None:
        super().__init__(path, f"schema {found} is newer than the supported {supported}")
        self.found, self.supported = found, supported


class ServerPortError(HocHoiError):
    """The address is taken or not allowed."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"cannot listen on {host}:{port}: the port is taken or not allowed")
        self.host, self.port = host, port


class AccountError(HocHoiError):
    """An account cannot be changed as asked."""

    def __init__(self, name: str, message: str = "cannot be changed as asked") -> None:
        super().__init__(f"account {name!r} {message}")
        self.name = name


class AccountNameError(AccountError):
    """A name cannot be one of an account."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "needs a name of at most 64 letters, digits and . _ - @")


class AccountExistsError(AccountError):
    """The name is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "exists already")


class LastAdminError(AccountError):
    """Nobody could manage afterwards."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "is the last administrator in use")


class PasswordError(HocHoiError):
    """A password is not good enough: short, long, common, name or characters."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the password is refused: {reason}")
        self.reason = reason


class LoginRefusedError(HocHoiError):
    """Name and password are not those of an account in use."""

    def __init__(self) -> None:
        super().__init__("wrong name or password")


class LoginDelayedError(HocHoiError):
    """Too many tries failed; the next one may be made later."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too many failed tries, wait {wait_s} s")
        self.wait_s = wait_s


class SignOnError(HocHoiError):
    """The office's sign-on service cannot be reached, or what it says does not hold."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the sign-on service did not sign anybody in: {reason}")
        self.reason = reason


class ModelError(HocHoiError):
    """A model cannot be used."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"model {model}: {reason}")
        self.model, self.reason = model, reason


class ModelMissingError(ModelError):
    """A model is neither shipped nor found at the configured path."""

    def __init__(self, model: str) -> None:
        super().__init__(model, "not found")


class TestSetError(HocHoiError):
    """A test set has bad rows. `rows` lists all of them, each with its line number."""

    __test__ = False  # not a test class, whatever its name

    def __init__(self, path: str, rows: Sequence[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(rows))
        self.path, self.rows = path, tuple(rows)
