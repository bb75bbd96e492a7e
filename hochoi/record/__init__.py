"""The parts of the record beside what is published: connection, drafts, versions, receipts."""
