"""Commands about the life of reports: drafts, versions, jobs, backup, check."""
