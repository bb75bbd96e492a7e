"""Remove a report from everywhere: from what conversations keep, then from the record.

In this order, so that a process that ends in between leaves nothing of a removed report behind;
the same call again goes on.
"""

from hochoi.people.database import PeopleDatabase
from hochoi.people.forgetting import forget_reports
from ingest import drafts
from ingest.intake import WriteSide
from ui.wording.admin import REMOVED_WORDS


def remove_everywhere(
    ws: WriteSide, people: PeopleDatabase, report_id: str, by: str, keep_days: int = 0
) -> tuple[str, ...]:
    """Remove a report of any standing; with a live one its older versions.

    Args:
        ws: The open library.
        people: The open database about people.
        report_id: The report.
        by: Who decided.
        keep_days: How long originals are kept; 0 deletes them at once.

    Returns:
        The ids that were removed.

    Raises:
        NotFoundError: If it is not in the record.
        StoreError: If one of the databases refuses.
    """
    forget_reports(people, drafts.removed_with(ws, report_id), REMOVED_WORDS)
    return drafts.remove(ws, report_id, by, keep_days)
